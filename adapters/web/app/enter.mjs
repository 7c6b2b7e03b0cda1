// The door: a link's code (behind the #, which is sent to nobody) becomes a session; who has one goes to their page.
import { html, render } from '../lit/lit-html.js';
import { get, postOnce, Offline } from '../lib/api.mjs';
import { withCode } from '../lib/frame.mjs';
import { loadLanguage, t } from '../lib/i18n.mjs';
import { causeText } from '../lib/reasons.mjs';

const places = { planner: (me) => `/plan/${me.week}`, worker: () => '/me', coop: () => '/coop' };

function show(heading, text, action) {
  document.title = `${heading} · Rooster`;
  const page = document.getElementById('page');
  page.setAttribute('aria-busy', 'false');
  render(html`<div class="narrow"><div class="card"><h1>${heading}</h1><p role="status">${withCode(text)}</p>
    ${action ? html`<button class="button is-main" type="button" @click=${() => location.reload()}>${action}</button>` : ''}
  </div></div>`, page);
}

async function enter() {
  await loadLanguage();
  const code = location.hash.slice(1);
  try {
    if (code) {
      history.replaceState(null, '', '/');
      await postOnce('/session', { code });
    }
    const me = await get('/me');
    const back = new URLSearchParams(location.search).get('to') || '';
    // Only a path of ours: one slash, then none.
    location.replace(/^\/[a-z]/.test(back) ? back : places[me.role](me));
  } catch (error) {
    if (error instanceof Offline) show(t('enter.title'), t('offline.unreached'), t('action.retry'));
    else if (error.status === 401) show(t('enter.title'), code ? t('enter.used') : t('enter.how'));
    else show(t('enter.title'), causeText(error), t('action.retry'));
  }
}
enter();
