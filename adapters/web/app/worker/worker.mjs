// A worker's page, for a phone: my week, what is open, when I can, my hours. The server decides all; this page asks and shows.
import { html, nothing, render } from '../../lit/lit-html.js';
import { connection, get, post, put, segment } from '../../lib/api.mjs';
import { ask } from '../../lib/dialog.mjs';
import { addDays, dayLong, timeOfDay, weekAfter } from '../../lib/format.mjs';
import { failure, openPage, sayRegions, signOut } from '../../lib/frame.mjs';
import { t } from '../../lib/i18n.mjs';
import { createTelling, noticeBanner, personBar, poolClock, signOutButton, skeletonRows, stayLive } from '../../lib/person.mjs';
import { createStore } from '../../lib/store.mjs';
import { createSubscribing } from '../../lib/subscribe.mjs';
import { asLastWeek, availabilityOf, nextOf } from './availability.mjs';
import { hoursOf, loadHours } from './hours.mjs';
import { forget, keep, keepPage, readKept } from './kept.mjs';
import { openOf, weekOf, when } from './week.mjs';

const page = document.getElementById('page');
const TABS = ['week', 'open', 'availability', 'hours'];
const SAY_WAIT_MS = 700;
const AHEAD_DAYS = 28;

const state = {
  me: null, tab: 'week', weekName: '', week: null, upcoming: [], offers: [], cases: [], coopNames: {}, open: null, windows: null, said: {}, hours: null,
  feed: null, hasFeed: false, failed: null, notice: null, isBusy: false, seenAt: 0, now: null, today: null,
  get isStill() { return this.isBusy || !connection.isReached; },
};
const store = createStore(state, draw);
const telling = createTelling(store);
const mine = (path) => `/workers/${segment(state.me.id)}${path}`;

// --- reading

async function loadWeek() {
  const { me, weekName } = state;
  const names = [...new Set([weekName, me.week, weekAfter(me.week, 1)])];
  const [offers, cases, feeds, ...weeks] = await Promise.all([get('/offers'), get('/cases?state=waiting'), get('/feeds'), ...names.map((name) => get(mine(`/weeks/${name}`)))]);
  if (weekName !== state.weekName) return;
  const upcoming = weeks.filter((week) => week.week >= me.week && week.week <= weekAfter(me.week, 1)).flatMap((week) => week.shifts);
  const coopNames = { ...state.coopNames };
  for (const shift of weeks.flatMap((week) => week.shifts)) coopNames[shift.coop] = shift.coop_name;
  const data = { week: weeks[0], upcoming, offers: offers.offers, cases: cases.cases, coopNames };
  store.set({ ...data, hasFeed: feeds.feeds.length > 0, failed: null, seenAt: Date.now() });
  keep(me, weekName, data);
}

const loaders = {
  week: async () => {},
  open: async () => {
    const { shifts } = await get(mine('/open-shifts'));
    store.set({ open: shifts, coopNames: { ...state.coopNames, ...Object.fromEntries(shifts.map((shift) => [shift.coop, shift.coop_name])) } });
  },
  availability: async () => store.set({ windows: (await get(mine('/availability'))).windows }),
  hours: async () => {
    const { weekName } = state;
    const hours = await loadHours(state.me, weekName);
    if (weekName === state.weekName) store.set({ hours });
  },
};

async function load() {
  try {
    await Promise.all([loadWeek(), loaders[state.tab]()]);
  } catch (error) {
    telling.failReading(error, load);
  }
  page.setAttribute('aria-busy', 'false');
}

// --- doing

const settled = (texts) => (answer) => t(texts[answer.state] ?? texts.waiting);
const act = (work, told) => telling.act(work, told, load);

async function sure(title, body, label) {
  return ask({ title, body: html`<p>${body}</p>`, actions: [{ value: 'yes', label, isMain: true }] });
}

const absent = (from, until) => act((once) => post(mine('/absences'), { from, until }, once), settled({ accepted: 'away.accepted', waiting: 'away.told' }));

async function awayDays() {
  const days = Array.from({ length: AHEAD_DAYS }, (_, at) => addDays(state.today(), at));
  const choice = { first: days[0], last: days[0] };
  const select = (name, label) => html`<label class="field">${label}<select @change=${(event) => { choice[name] = event.target.value; }}>${days.map((day) => html`<option value=${day}>${dayLong(day)}</option>`)}</select></label>`;
  const body = html`<p>${t('away.how')}</p>${select('first', t('away.first'))}${select('last', t('away.last'))}`;
  if (!(await ask({ title: t('away.cannot'), body, actions: [{ value: 'yes', label: t('away.tell'), isMain: true }] }))) return;
  const last = choice.last < choice.first ? choice.first : choice.last;
  absent(choice.first === state.today() ? state.now() : `${choice.first}T00:00`, `${addDays(last, 1)}T00:00`);
}

const weekActions = {
  go(weekName) {
    store.set({ weekName, hours: null, said: {} });
    load();
  },
  offer: (offer, answer) => act((once) => post(`/offers/${segment(offer.case)}/${answer}`, {}, once), () => t(answer === 'accept' ? 'me.offer_accepted' : 'me.offer_declined')),
  answer: (swap, accept) => act((once) => post(mine(`/swaps/${segment(swap.case)}/answer`), { accept }, once), settled({ accepted: 'swap.done', declined: 'me.offer_declined', waiting: 'swap.approval' })),
  withdraw: (swap) => act((once) => post(mine(`/swaps/${segment(swap.case)}/withdraw`), {}, once), () => t('swap.withdrawn')),
  take: (shift) => act((once) => post(mine('/swaps/take'), shift.case ? { case: shift.case } : { shift: shift.shift }, once), settled({ accepted: 'open.taken', waiting: 'swap.approval' })),
  async give(shift) {
    const choice = { other: '' };
    const colleagues = await get(mine(`/shifts/${segment(shift.shift)}/colleagues`)).then((answer) => answer.colleagues, () => []); // then to whoever takes it
    const body = html`<p>${when(shift)}. ${t('swap.stays')}</p>
      ${colleagues.length ? html`<label class="field">${t('swap.whom')}<select name="other" @change=${(event) => { choice.other = event.target.value; }}><option value="">${t('swap.anybody')}</option>${colleagues.map((one) => html`<option value=${one.worker}>${one.name}</option>`)}</select></label>` : nothing}`;
    if (!(await ask({ title: t('swap.give'), body, actions: [{ value: 'yes', label: t('swap.give'), isMain: true }] }))) return;
    const { other } = choice;
    act((once) => post(mine('/swaps'), { shift: shift.shift, ...(other ? { other } : {}) }, once), () => t(other ? 'swap.asked' : 'swap.open'));
  },
  async awayFor(shift) {
    if (await sure(t('away.cannot'), `${when(shift)}. ${t('away.stays')}`, t('away.tell'))) absent(shift.start_local, shift.end_local);
  },
  awayDays,
  back() {
    const back = state.now();
    act((once) => post(mine('/back'), { back }, once), () => t('away.is_back'));
  },
};

// Taps of one part in a row are one request; parts go one after the other, as each replaces what stands there.
const dueSays = new Map();
let sending = Promise.resolve();
async function sendSaid(part) {
  const kind = state.said[part.from];
  const windows = kind === 'can' ? [] : [{ start: part.from, end: part.until, kind }];
  try {
    const answer = await put(mine('/availability'), { from: part.from, until: part.until, windows });
    store.set({ windows: answer.windows });
    telling.tell(t('can.kept'), 'is-good');
  } catch (error) {
    telling.fail(error);
  }
  if (state.said[part.from] !== kind) return;
  const { [part.from]: _, ...others } = state.said;
  store.set({ said: others });
}

const availabilityActions = {
  go: weekActions.go,
  say(part, said) {
    store.set({ said: { ...state.said, [part.from]: nextOf(said) } });
    clearTimeout(dueSays.get(part.from));
    dueSays.set(part.from, setTimeout(() => {
      sending = sending.then(() => sendSaid(part));
    }, SAY_WAIT_MS));
  },
  copyLast() {
    const body = asLastWeek(state.windows, state.weekName);
    act((once) => put(mine('/availability'), body, once).then((answer) => store.set({ windows: answer.windows })), () => t('can.kept'));
  },
};

// --- drawing

function tabs() {
  const count = state.offers.length;
  const name = { week: t('me.week'), open: t('me.open'), availability: t('me.can'), hours: t('board.hours') };
  return html`<nav class="tabs" aria-label=${t('view.label')}>${TABS.map((tab) => html`<a href=${`#${tab}`} aria-current=${tab === state.tab ? 'page' : nothing}>${name[tab]}${tab === 'week' && count ? html` <span class="count">${count}</span>` : nothing}</a>`)}</nav>`;
}

const leave = () => {
  forget();
  return signOut();
};

// The worker's own, wherever they look next.
function keepLanguage(language) {
  store.set({ me: { ...state.me, language } });
  put(mine('/language'), { language }).catch((error) => telling.fail(error));
}

let subscribing = null;
function body() {
  if (state.tab === 'open') return openOf(state, weekActions);
  if (state.tab === 'availability') return availabilityOf(state, availabilityActions);
  if (state.tab === 'hours') return hoursOf(state, weekActions);
  return weekOf(state, weekActions, subscribing);
}

function draw() {
  if (state.failed) {
    render(failure(state.failed, () => location.reload()), page);
    return;
  }
  if (!state.week) {
    render(skeletonRows(4, 'is-phone'), page);
    return;
  }
  document.title = `${t('me.week')} · Rooster`;
  render(html`<div class="person is-phone">
    <div class="person-top">${personBar(state.me.name, state.me.pool_name, keepLanguage)}${tabs()}
    ${connection.isReached ? nothing : html`<div class="banner is-warn" role="status">${t('me.offline', { time: timeOfDay(state.seenAt) })}</div>`}
    ${noticeBanner(store)}</div>
    <div class="person-body">${body()}</div>
    <footer class="person-foot">${signOutButton(leave)}</footer>
  </div>${sayRegions}`, page);
}

// --- beginning

function turn() {
  const tab = location.hash.slice(1);
  store.set({ tab: TABS.includes(tab) ? tab : 'week' });
}

async function begin() {
  const kept = readKept();
  turn();
  const found = await openPage(['worker'], kept?.me);
  const me = { readAt: Date.now(), ...found };
  const now = poolClock(me, me.readAt);
  if (kept && kept.me.id !== me.id) forget();
  else if (kept) store.set({ ...kept.data, seenAt: kept.at });
  store.set({ me, now, today: () => now().slice(0, 10), weekName: connection.isReached || !kept ? me.week : kept.week });
  subscribing = createSubscribing(store, { worker: me.id }, telling);
  addEventListener('hashchange', () => {
    turn();
    load();
    scrollTo(0, 0);
  });
  stayLive(store, load);
  if (connection.isReached) {
    store.set({ week: state.weekName === kept?.week ? state.week : null });
    await load();
    keepPage();
  } else {
    page.setAttribute('aria-busy', 'false');
    // Who I am and which week it is may have changed since.
    connection.listen((isReached) => isReached && location.reload());
  }
}
begin();
