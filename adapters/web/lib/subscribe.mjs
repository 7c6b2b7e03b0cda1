// One's own calendar in another program. The address is shown once, as only its hash is kept; a new one ends the older.
import { html } from '../lit/lit-html.js';
import { postOnce, segment } from './api.mjs';
import { ask } from './dialog.mjs';
import { t } from './i18n.mjs';

export function addresses(path) {
  const http = new URL(path, location.origin).href;
  const webcal = http.replace(/^https?:/, 'webcal:');
  return {
    http,
    webcal,
    google: `https://calendar.google.com/calendar/render?cid=${segment(webcal)}`,
    outlook: `https://outlook.office.com/calendar/0/addfromweb?url=${segment(http)}&name=Rooster`,
  };
}

// owner: { worker } or { coop }. state.feed: the answer that holds the address; state.hasFeed: somebody made one before.
export function createSubscribing(store, owner, telling) {
  const make = async () => {
    if (store.state.feed || store.state.hasFeed) {
      const body = html`<p>${t('calendar.resets')}</p>`;
      const isSure = await ask({ title: t('calendar.reset'), body, actions: [{ value: 'reset', label: t('calendar.reset'), isMain: true }] });
      if (!isSure) return;
    }
    await telling.act(() => postOnce('/feeds/rotate', owner).then((feed) => store.set({ feed, hasFeed: true })), () => t('calendar.made'));
  };
  const copy = async (address) => {
    try {
      await navigator.clipboard.writeText(address);
      telling.tell(t('calendar.copied'), 'is-good');
    } catch {
      document.getElementById('calendar-address')?.select();
    }
  };
  return { make, copy };
}

export function subscribeCard(state, subscribing, isDisabled) {
  const { feed } = state;
  const to = feed && addresses(feed.path);
  const link = (address, name) => html`<a class="button" href=${address} target="_blank" rel="noreferrer">${name}</a>`;
  return html`<section class="card"><h2>${t('calendar.title')}</h2>
    ${to ? html`<p class="soft">${t('calendar.how')}</p>
      <div class="row">
        <a class="button is-main" href=${to.webcal}>${t('calendar.phone')}</a>
        ${link(to.google, t('calendar.google'))}${link(to.outlook, t('calendar.outlook'))}
      </div>
      <div class="row calendar-copy"><input id="calendar-address" type="text" dir="ltr" readonly .value=${to.http} aria-label=${t('calendar.address')}>
        <button class="button" type="button" @click=${() => subscribing.copy(to.http)}>${t('calendar.copy')}</button></div>
      <p class="soft small">${t('calendar.once')}</p>` : html`<p class="soft">${state.hasFeed ? t('calendar.has') : t('calendar.why')}</p>`}
    <div class="row"><button class="button ${to ? 'is-quiet' : ''}" type="button" ?disabled=${isDisabled} @click=${subscribing.make}>${feed || state.hasFeed ? t('calendar.reset') : t('calendar.make')}</button></div>
  </section>`;
}
