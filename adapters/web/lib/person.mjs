// What the pages of a worker and of a cooperative have in common: the pool's clock, steps through the weeks, telling how
// an action ended.
import { html, nothing } from '../lit/lit-html.js';
import { connection, newKey, Offline } from './api.mjs';
import { dayMonth, localOf, sevenDays, weekAfter } from './format.mjs';
import { languageChoice, say, signOut, toDoor } from './frame.mjs';
import { isolate, t } from './i18n.mjs';
import { problemText } from './reasons.mjs';
import { onEvent } from './stream.mjs';

const CHANGED_WAIT_MS = 300;

// The pool's clock, which the server's answer set when it was read and the browser's carries on.
export function poolClock(me, readAt = Date.now()) {
  const ahead = Date.parse(me.now) - readAt;
  return () => localOf(Date.now() + ahead, me.timezone);
}

// Tells how something ended: on the page, and to a screen reader. What failed can be tried again.
export function createTelling(store) {
  const tell = (text, kind = '', retry = null) => {
    store.set({ notice: { text, kind, retry } });
    say(text, kind === 'is-bad');
  };
  const fail = (error, retry = null) => {
    if (error.status === 401) toDoor();
    else tell(problemText(error), 'is-bad', retry);
  };
  // One action at a time. work: takes the options of a request and gives a promise; told: the words for its answer; after:
  // always, to see how things stand now. Whoever tries again does so with the same key, so that nothing is done twice.
  const act = async (work, told, after, once = { key: newKey() }) => {
    if (store.state.isBusy) return null;
    store.set({ isBusy: true, notice: null });
    let answer = null;
    try {
      answer = await work(once);
      tell(told(answer), 'is-good');
    } catch (error) {
      fail(error, error instanceof Offline ? () => act(work, told, after, once) : null);
    }
    store.set({ isBusy: false });
    await after?.();
    return answer;
  };
  // What could not be read: the page stays as it was, if there is one.
  const failReading = (error, load) => {
    if (store.state.week || error.status === 401) fail(error, load);
    else store.set({ failed: error });
  };
  return { tell, fail, failReading, act };
}

// Looks again when something changed, and when the server is reached again.
export function stayLive(store, load) {
  let due = 0;
  const soon = () => {
    clearTimeout(due);
    due = setTimeout(load, CHANGED_WAIT_MS);
  };
  onEvent((kind) => {
    if (kind === 'changed') soon();
  });
  connection.listen((isReached) => {
    store.set({});
    if (isReached) soon();
  });
}

export function noticeBanner(store) {
  const { notice } = store.state;
  if (!notice) return nothing;
  return html`<div class="banner ${notice.kind}"><span class="grow">${notice.kind === 'is-good' ? '✓ ' : ''}${notice.text}</span>
    ${notice.retry ? html`<button class="button" type="button" @click=${notice.retry}>${t('action.retry')}</button>` : nothing}
    <button class="button is-quiet" type="button" aria-label=${t('action.close')} @click=${() => store.set({ notice: null })}>✕</button></div>`;
}

export function weekSteps(week, thisWeek, go) {
  const days = sevenDays(week);
  const step = (to, name, sign) => html`<button class="button" type="button" aria-label=${name} @click=${() => go(to)}><span class="turn">${sign}</span></button>`;
  return html`<nav class="week-steps" aria-label=${t('week.choose')}>
    ${step(weekAfter(week, -1), t('week.before'), '‹')}
    <span class="grow week-name"><strong>${t('week.title', { week: week.slice(6) })}</strong> <span class="soft">${isolate(`${dayMonth(days[0])} – ${dayMonth(days[6])}`)}</span></span>
    ${week === thisWeek ? nothing : html`<button class="button" type="button" @click=${() => go(thisWeek)}>${t('week.now')}</button>`}
    ${step(weekAfter(week, 1), t('week.after'), '›')}
  </nav>`;
}

// What stands beside the choice of language is the page's: a phone has no room for more.
export const personBar = (name, pool, redraw, more = nothing) => html`<header class="person-bar">
  <h1 class="grow">${name}<span class="soft small">${pool}</span></h1>
  ${languageChoice(redraw)}
  ${more}
</header>`;

export const signOutButton = (leave = signOut) => html`<button class="button is-quiet" type="button" @click=${() => leave()}>${t('action.sign_out')}</button>`;

export const skeletonRows = (count, kind = '') => html`<div class="skeleton ${kind}" aria-hidden="true">${Array.from({ length: count }, () => html`<div></div>`)}</div><p class="unseen" role="status">${t('loading')}</p>`;
