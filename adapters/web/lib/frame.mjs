// What every page begins with: words, who I am, the event stream, and the banners that tell of the connection.
import { html, render } from '../lit/lit-html.js';
import { connection, get, Offline, remove } from './api.mjs';
import { timeOfDay } from './format.mjs';
import { allLanguages, chooseLanguage, currentLanguage, loadLanguage, t, wanted } from './i18n.mjs';
import { causeText, problemTitle } from './reasons.mjs';
import { openStream } from './stream.mjs';

// Sends to the door who has no session, and back here afterwards.
export function toDoor() {
  location.replace(`/?to=${encodeURIComponent(location.pathname)}`);
}

// Who I am, if a role of `roles`; else another page is shown and this never resolves. kept: who I was when the server was last
// reached, for a page that can be read without it.
export async function openPage(roles, kept = null) {
  const asked = get('/me');
  asked.catch(() => {}); // told below, when there are words for it
  await loadLanguage();
  try {
    const me = await asked;
    if (roles.includes(me.role)) {
      if (wanted(me.language) !== currentLanguage()) await chooseLanguage(wanted(me.language));
      openStream();
      return me;
    }
    location.replace('/');
  } catch (error) {
    if (error instanceof Offline && kept) {
      openStream();
      return kept;
    }
    if (error.status === 401) toDoor();
    else showFailure(document.getElementById('page'), error);
  }
  return new Promise(() => {});
}

// What stands between backticks is to be typed as it is.
export const withCode = (text) => text.split('`').map((part, at) => (at % 2 ? html`<code dir="ltr">${part}</code>` : part));

export function failure(error, retry) {
  return html`<div class="narrow"><div class="card" role="alert">
    <h1>${problemTitle(error)}</h1>
    <p>${causeText(error)}</p>
    ${error.instance ? html`<p class="soft small">${t('failure.instance')} <code>${error.instance}</code></p>` : ''}
    <button class="button is-main" type="button" @click=${retry}>${t('action.retry')}</button>
  </div></div>`;
}

function showFailure(page, error) {
  page.setAttribute('aria-busy', 'false');
  render(failure(error, () => location.reload()), page);
}

export const offlineBanner = () =>
  connection.isReached
    ? ''
    : html`<div class="banner is-warn" role="status">${t('offline.banner', { time: timeOfDay(connection.seenAt) })}</div>`;

// The choice of language; redraw draws the page anew in it, and is told which.
export function languageChoice(redraw) {
  const choose = async (event) => {
    const { value } = event.target;
    await chooseLanguage(value);
    redraw(value);
  };
  return html`<select aria-label=${t('language.choose')} @change=${choose}>
    ${Object.entries(allLanguages).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === currentLanguage()}>${name}</option>`)}
  </select>`;
}

export async function signOut() {
  await remove('/session');
  location.replace('/');
}

// Told politely to a screen reader, at most every five seconds; the newest counts.
let saidAt = 0;
let waiting = null;
export function say(text, isUrgent = false) {
  const region = document.getElementById(isUrgent ? 'said-now' : 'said');
  if (!region) return;
  clearTimeout(waiting);
  const wait = isUrgent ? 0 : Math.max(0, saidAt + 5000 - Date.now());
  waiting = setTimeout(() => {
    saidAt = Date.now();
    region.textContent = text;
  }, wait);
}
export const sayRegions = html`<div id="said" class="unseen" aria-live="polite"></div><div id="said-now" class="unseen" aria-live="assertive"></div>`;
