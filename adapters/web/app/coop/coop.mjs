// A cooperative's page: is the week filled, who comes, more people, worked hours. The server decides all.
import { html, nothing, render } from '../../lit/lit-html.js';
import { connection, get, post, postOnce, segment } from '../../lib/api.mjs';
import { ask } from '../../lib/dialog.mjs';
import { failure, offlineBanner, openPage, sayRegions } from '../../lib/frame.mjs';
import { t } from '../../lib/i18n.mjs';
import { createTelling, noticeBanner, personBar, poolClock, signOutButton, skeletonRows, stayLive, weekSteps } from '../../lib/person.mjs';
import { createStore } from '../../lib/store.mjs';
import { createSubscribing, subscribeCard } from '../../lib/subscribe.mjs';
import { askedCard } from './asked.mjs';
import { comingCard, coverCard } from './cover.mjs';
import { askReason, askTimes, hoursCard, itemOf, keyOf } from './hours.mjs';
import { bodyOf, createTrial, daysOf, newRequest, requestCard } from './request.mjs';

const page = document.getElementById('page');

const state = {
  me: null, weekName: '', week: null, cases: [], lines: null, chosen: new Set(), form: null, trial: null, answers: null, feed: null, hasFeed: false,
  failed: null, notice: null, isBusy: false, now: null, today: null,
  get isStill() { return this.isBusy || !connection.isReached; },
};
const store = createStore(state, draw);
const telling = createTelling(store);

async function load() {
  const { me, weekName } = state;
  try {
    const [week, cases, hours, feeds] = await Promise.all([
      get(`/coops/${segment(me.id)}/weeks/${weekName}`), get('/cases?most=50'), get(`/weeks/${weekName}/hours?coop=${segment(me.id)}`), get('/feeds'),
    ]);
    if (weekName === state.weekName) store.set({ week, cases: cases.cases, lines: hours.lines, hasFeed: feeds.feeds.length > 0, failed: null });
  } catch (error) {
    telling.failReading(error, load);
  }
  page.setAttribute('aria-busy', 'false');
}

const spikes = () => `/coops/${segment(state.me.id)}/spikes`;
const trial = createTrial(store, (body) => postOnce(spikes(), { ...body, is_trial: true }));
const requestActions = {
  fill(changes, isWhole) {
    store.set({ form: { ...state.form, ...changes }, answers: null });
    trial.soon(isWhole);
  },
  async send() {
    const { form } = state;
    trial.end();
    store.set({ answers: null });
    await telling.act(async ({ key }) => {
      const answers = [];
      for (const day of daysOf(form)) {
        const answer = await post(spikes(), bodyOf(form, day), { key: `${key}-${answers.length}` });
        answers.push({ day, answer });
      }
      store.set({ answers });
    }, () => t('request.sent'), load);
  },
  again(form) {
    requestActions.fill(form, true);
    document.querySelector('.fields [name=day]').focus();
  },
  async withdraw(one, when) {
    const isSure = await ask({ title: t('asked.withdraw'), body: html`<p>${when}</p><p>${t('asked.sure')}</p>`, actions: [{ value: 'yes', label: t('asked.withdraw'), isMain: true }] });
    if (isSure) telling.act((once) => post(`/shifts/${segment(one.shift)}/cancel`, {}, once), (answer) => (answer.state === 'accepted' ? t('asked.cancelled') : t('asked.cancelling')), load);
  },
};

const confirm = (items) => telling.act((once) => post(`/weeks/${state.weekName}/hours/confirm`, { coop: state.me.id, items }, once), () => t('worked.kept', { count: items.length }), load);
const hoursActions = {
  choose(key) {
    const chosen = new Set(state.chosen);
    if (!chosen.delete(key)) chosen.add(key);
    store.set({ chosen });
  },
  chooseAll: (due, isAll) => store.set({ chosen: new Set(isAll ? due.map(keyOf) : []) }),
  confirm: (lines) => confirm(lines.map(itemOf)),
  async other(line) {
    const item = await askTimes(line);
    if (item) confirm([item]);
  },
  async dispute(line) {
    const note = await askReason(line);
    if (note === null) return;
    telling.act((once) => post(`/weeks/${state.weekName}/hours/dispute`, { coop: state.me.id, items: [{ ...itemOf(line), note }] }, once), () => t('worked.told'), load);
  },
};

function go(weekName) {
  store.set({ weekName, week: { ...state.week, shifts: [], revision: 1 }, lines: null, chosen: new Set() });
  load();
}

let subscribing = null;
function draw() {
  if (state.failed) {
    render(failure(state.failed, () => location.reload()), page);
    return;
  }
  if (!state.week) {
    render(skeletonRows(4), page);
    return;
  }
  document.title = `${state.me.name} · Rooster`;
  render(html`<div class="person">
    <div class="person-top">${personBar(state.me.name, state.me.pool_name, () => store.set({}), signOutButton())}
      ${offlineBanner()}${noticeBanner(store)}</div>
    <div class="week-line">${weekSteps(state.weekName, state.me.week, go)}</div>
    ${state.lines === null ? html`<p class="unseen" role="status">${t('loading')}</p>` : nothing}
    <div class="sheet">
      ${coverCard(state)}${comingCard(state)}
      <div class="stack">${requestCard(state, requestActions)}${askedCard(state, requestActions)}${subscribeCard(state, subscribing, state.isStill)}</div>
      ${hoursCard(state, hoursActions)}
    </div>
    <footer class="person-foot is-narrow">${signOutButton()}</footer>
  </div>${sayRegions}`, page);
}

async function begin() {
  const me = await openPage(['coop']);
  const now = poolClock(me);
  const today = () => now().slice(0, 10);
  subscribing = createSubscribing(store, { coop: me.id }, telling);
  store.set({ me, now, today, weekName: me.week, form: newRequest(today()) });
  await load();
  stayLive(store, load);
}
begin();
