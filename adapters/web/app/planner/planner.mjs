// The planner's page: what it knows, what can be done with it, and how it is put together. The pieces are drawn by the
// modules beside this one; each knows the state and nothing of the others.
import { html, nothing, render } from '../../lit/lit-html.js';
import { connection, get, getNews, post, remove, segment, tagOf } from '../../lib/api.mjs';
import { addDays, dateLong, dayMonth, euro, euroSigned, localOf, mondayOf, percent, weekAfter } from '../../lib/format.mjs';
import { failure, languageChoice, offlineBanner, openPage, say, sayRegions, signOut, toDoor, withCode } from '../../lib/frame.mjs';
import { focusStop, keepOneStop, target } from '../../lib/gridnav.mjs';
import { isolate, t } from '../../lib/i18n.mjs';
import { causeText } from '../../lib/reasons.mjs';
import { createStore } from '../../lib/store.mjs';
import { onEvent } from '../../lib/stream.mjs';
import { boardOf } from './board.mjs';
import { filterBar, readFilters, writeFilters } from './filters.mjs';
import { loadHistory, stepText } from './history.mjs';
import { inboxOf, isForPlanner, loadInbox } from './inbox.mjs';
import { insightOf, loadInsight } from './insight.mjs';
import { applySteps, inverse, moveModel, readBoard } from './model.mjs';
import { createMoving, loadCandidates, stepsOf } from './moving.mjs';
import { askWhom } from './offer.mjs';
import { panelOf } from './panel.mjs';
import { publish, takeBack } from './publish.mjs';
import { createSolver, solverStrip } from './solver.mjs';
import { forgetUndone, keepUndone, keptUndone, stepsIn } from './undone.mjs';

const page = document.getElementById('page');
const SOON_DAYS = 60;
const CHANGED_WAIT_MS = 300;

const FIRST_ROWS = 30;
const state = {
  me: null, week: '', board: null, model: null, failed: null, filters: readFilters(), selected: null, candidates: null, isAllReasons: false,
  explanation: null, history: null, lift: null, job: null, inbox: null, insight: null, isUnfolded: false, isMoving: false, notice: null, rowsMost: FIRST_ROWS, done: [], undone: [],
};
const store = createStore(state, draw);
let solver = null;
let moving = null;

// --- reading

function take(board) {
  const model = readBoard(board);
  model.soon = addDays(model.days[6], SOON_DAYS);
  store.set({ board, model, tag: tagOf(board), failed: null });
}

// What our own steps change is shown without reading the week again.
function show(steps) {
  const board = applySteps(state.board, steps);
  store.set({ board, model: moveModel(state.model, board, steps) });
}

// The server's word on what is shown: figures, breaches, and the version, which is then known.
function settle(answer) {
  const { week: _, price: __, unfinished: ___, is_trial: ____, undone: _____, ...said } = answer;
  own(answer.version);
  store.set({ board: { ...state.board, ...said }, model: { ...state.model, ...said }, tag: tagOf(answer) });
}

// A board that was asked for before one of our own steps may be of before or after it: then it is asked for again.
let ownSteps = 0;
async function load(asked = get(`/weeks/${state.week}`)) {
  const begun = ownSteps;
  try {
    const board = await asked;
    if (begun !== ownSteps || state.isMoving) reloadSoon();
    else if (board) take(board);
  } catch (error) {
    if (error.status === 401) toDoor();
    else if (state.board) fail(error);
    else store.set({ failed: error });
  }
  page.setAttribute('aria-busy', 'false');
}

let dueReload = 0;
function reloadSoon() {
  clearTimeout(dueReload);
  dueReload = setTimeout(async () => {
    if (state.isMoving || state.lift) return reloadSoon();
    const { board } = state;
    const before = board?.version;
    await load(getNews(`/weeks/${state.week}`, state.tag));
    // What we did ourselves is no news.
    if (state.selected?.shift && state.board !== board) refreshCandidates();
    if (state.filters.view === 'inbox') refreshInbox();
    if (before !== undefined && state.board.version !== before && !state.ownVersions?.has(state.board.version)) notify(t('stale.changed'));
  }, CHANGED_WAIT_MS);
}

const refreshInbox = () => loadInbox().then((inbox) => store.set({ inbox }), fail);

// --- telling

function notify(text, kind = '') {
  store.set({ notice: { text, kind } });
  say(text);
}

function fail(error) {
  if (error.status === 401) toDoor();
  else if (error.status === 409) {
    notify(t('stale.refused'), 'is-warn');
    load();
  } else {
    const text = error.violations?.length ? t('move.refused', { reason: causeText(error) }) : causeText(error);
    store.set({ notice: { text, kind: 'is-bad' } });
    say(text, true);
  }
}

// --- moving

function setUndone(undone, version) {
  store.set({ undone });
  keepUndone(state.week, version, undone);
}

// The board shows a move at once; the server's answer confirms it, or it is taken back with the reason.
async function move(steps, { isRedo = false } = {}) {
  if (state.isMoving) return;
  const { board, model } = state;
  ownSteps++;
  store.set({ isMoving: true, notice: null });
  show(steps);
  try {
    const answer = await post(`/weeks/${state.week}/moves`, { steps }, { version: board.version });
    store.set({ isMoving: false, done: [...state.done, { steps, version: answer.version }] });
    setUndone(isRedo ? state.undone : [], answer.version);
    settle(answer);
    notify(t('move.done', { price: euroSigned(answer.price.total_cents), cost: euro(answer.cost_cents) }));
    afterMove(steps);
  } catch (error) {
    store.set({ isMoving: false, board, model });
    fail(error);
  }
}

function own(version) {
  state.ownVersions ??= new Set();
  state.ownVersions.add(version);
}

function afterMove(steps) {
  const gone = state.selected?.worker && steps.some((step) => step.kind === 'unassign' && step.worker === state.selected.worker && step.shift === state.selected.shift);
  const to = steps.find((step) => step.kind === 'assign');
  if (gone) select(state.selected.shift, to?.worker ?? null);
  else if (state.selected?.shift) refreshCandidates();
}

// What this page did last is taken back at once, as a move is shown; what others or the optimiser did, when it is read.
async function undo() {
  if (state.isMoving) return;
  const { board, model } = state;
  const last = state.done.at(-1);
  const isOurs = last?.version === board.version;
  ownSteps++;
  store.set({ isMoving: true });
  if (isOurs) show(inverse(last.steps));
  try {
    const answer = await post(`/weeks/${state.week}/undo`, {}, { version: board.version });
    const steps = stepsIn(answer.undone);
    store.set({ isMoving: false, done: state.done.slice(0, -1) });
    setUndone(steps.length ? [...state.undone, steps] : [], answer.version);
    own(answer.version);
    if (isOurs) settle(answer);
    else await load();
    notify(t('undo.done', { what: stepText(state.model, answer.undone) }));
    if (state.selected?.shift) refreshCandidates();
  } catch (error) {
    store.set({ isMoving: false, board, model });
    fail(error);
  }
}

async function redo() {
  const steps = state.undone.at(-1);
  if (!steps) return;
  setUndone(state.undone.slice(0, -1), state.board.version);
  await move(steps, { isRedo: true });
}

// --- choosing

async function refreshCandidates() {
  const { selected } = state;
  if (!selected?.shift || !state.model.shifts.has(selected.shift)) return;
  try {
    const candidates = await loadCandidates(selected.shift, selected.worker);
    if (state.selected === selected) store.set({ candidates });
  } catch (error) {
    fail(error);
  }
}

function select(shift, worker) {
  store.set({ selected: { shift, worker: worker || null }, candidates: null, explanation: null, history: null, isAllReasons: false });
  refreshCandidates();
}

async function answerCase(one, verb, isYes) {
  try {
    await post(`/${verb.replace('{}', segment(one.case))}`, {});
    notify(t(isYes ? 'inbox.accepted' : 'inbox.declined'));
  } catch (error) {
    fail(error);
  }
  await Promise.all([load(), refreshInbox()]);
}

async function endToken(id) {
  try {
    await remove(`/tokens/${segment(id)}`);
    notify(t('access.ended'));
    await refreshInbox();
  } catch (error) {
    fail(error);
  }
}

const panelActions = {
  answerCase,
  endToken,
  move,
  select,
  close() {
    store.set({ selected: null });
    store.drawNow();
    document.querySelector('#board [data-stop][tabindex="0"]')?.focus();
  },
  choose: (worker) => move(stepsOf(state.selected.shift, state.selected.worker, worker)),
  allReasons: () => store.set({ isAllReasons: true }),
  async offer(shift) {
    const workers = await askWhom(state.model, shift, state.candidates);
    if (!workers?.length) return;
    try {
      const { asked } = await post(`/shifts/${segment(shift.id)}/offers`, { workers });
      notify(t('offer.done', { count: asked }));
      refreshInbox();
    } catch (error) {
      fail(error);
    }
  },
  async history(shift) {
    try {
      const history = await loadHistory(shift);
      if (state.selected?.shift === shift) store.set({ history });
    } catch (error) {
      fail(error);
    }
  },
  async explain(shift) {
    store.set({ explanation: 'asking' });
    try {
      const explanation = await get(`/shifts/${segment(shift)}/explanation`);
      if (state.selected?.shift === shift) store.set({ explanation });
    } catch (error) {
      store.set({ explanation: null });
      fail(error);
    }
  },
};

// --- the board's keys and clicks

function openStop(stop) {
  if (stop.dataset.shift) select(stop.dataset.shift, stop.dataset.worker ?? null);
  else if (stop.dataset.more) store.set({ selected: { day: Number(stop.dataset.more) } });
  else if (stop.closest('.worker-row')) store.set({ selected: { row: stop.closest('.worker-row').dataset.row } });
}

const boardActions = {
  fold: () => store.set({ isUnfolded: !state.isUnfolded }),
  clearFilters: () => change({ find: '', coop: '', certificate: '', problems: '' }),
  click(event) {
    const stop = event.target.closest('[data-stop]');
    if (!stop || stop.classList.contains('fold')) return;
    const grid = event.currentTarget;
    focusStop(grid, stop);
    if (state.lift) moving.drop(moving.rowOf(stop));
    else openStop(stop);
  },
  focus: (event) => moving?.focused(event.target),
  key(event) {
    const stop = event.target.closest('[data-stop]');
    if (!stop || event.altKey || event.metaKey) return;
    const next = target(event.currentTarget, stop, event);
    if (next) {
      event.preventDefault();
      focusStop(event.currentTarget, next);
    } else if (event.key === 'Escape' && state.lift) moving.cancel();
    else if (event.key === 'Enter' && state.lift) {
      event.preventDefault();
      moving.drop(moving.rowOf(stop));
    } else if (event.key === 'Enter' && !stop.matches('button')) openStop(stop);
    else if (event.key.toLowerCase() === 'm' && !event.ctrlKey && stop.dataset.shift && !state.lift) moving.lift(stop.dataset.shift, stop.dataset.worker);
    else if (event.key === 'Delete' && stop.dataset.worker) move([{ kind: 'unassign', shift: stop.dataset.shift, worker: stop.dataset.worker }]);
  },
};

addEventListener('keydown', (event) => {
  if (!event.ctrlKey || event.target.matches?.('input, select')) return;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) undo();
  else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
  else return;
  event.preventDefault();
});

function change(filters) {
  Object.assign(state.filters, filters);
  writeFilters(state.filters);
  store.set({});
  if (filters.view === 'insight' && !state.insight) loadInsight(state.week).then((insight) => store.set({ insight }), fail);
  if (filters.view === 'inbox') refreshInbox();
}

// how: publish or takeBack.
async function makePublic(how) {
  try {
    const done = await how(state.model, state.week);
    if (!done) return;
    store.set({ done: [] });
    setUndone([], done.version);
    await load();
    own(state.board.version);
    notify(`${t('publish.done', { revision: done.revision })}${done.left ? ` ${t('publish.left', { count: done.left })}` : ''}`);
  } catch (error) {
    fail(error);
  }
}

// --- drawing

function bar() {
  const { board, model, job } = state;
  const isPublished = board.revision > 0;
  const changes = isPublished ? board.assignments.filter((a) => a.is_new).length + board.dropped.length : board.assignments.length;
  const isDraft = board.state === 'draft';
  return html`<header class="bar">
    <h1>${t('week.title', { week: Number(model.week.slice(6)) })} <span class="soft small">${isolate(`${dayMonth(model.days[0])} – ${dateLong(model.days[6])}`)}</span></h1>
    <nav class="joined" aria-label=${t('week.choose')}>
      <a class="button is-icon" href=${`/plan/${weekAfter(model.week, -1)}`} aria-label=${t('week.before')}><span class="turn">‹</span></a>
      <a class="button" href=${`/plan/${state.me.week}`}>${t('week.now')}</a>
      <a class="button is-icon" href=${`/plan/${weekAfter(model.week, 1)}`} aria-label=${t('week.after')}><span class="turn">›</span></a>
    </nav>
    <span class="pill ${isDraft ? 'is-draft' : ''}">${isDraft ? (isPublished ? t('week.changes', { count: changes }) : t('week.draft')) : t(`week.${board.state}`, { revision: board.revision })}</span>
    <span class="cost small">${t('solve.cost')} ${euro(board.cost_cents)}${board.gap_percent === null ? nothing : html` · ${t('solve.gap')} ${percent(board.gap_percent)}`}</span>
    <div class="acts">
      <span class="grow"></span>
      <span class="joined">
        <button class="button is-icon" type="button" title=${`${t('action.undo')} (Ctrl+Z)`} aria-label=${t('action.undo')} ?disabled=${!isDraft || state.isMoving} @click=${undo}>${icon('M9 14 4 9l5-5M4 9h11a5 5 0 0 1 0 10h-4')}</button>
        <button class="button is-icon" type="button" title=${`${t('action.redo')} (Ctrl+Y)`} aria-label=${t('action.redo')} ?disabled=${!state.undone.length || state.isMoving} @click=${redo}>${icon('m15 14 5-5-5-5m5 5H9a5 5 0 0 0 0 10h4')}</button>
      </span>
      <button class="button" type="button" ?disabled=${job?.state === 'running' || model.shifts.size === 0} @click=${() => solver.start(isPublished)}>${isPublished ? t('solve.repair') : t('solve.start')}</button>
      <a class="button" href=${`/print/${model.week}`}>${t('action.print')}</a>
      ${board.revision > 1 ? html`<button class="button takeback" type="button" title=${t('takeback.about')} ?disabled=${state.isMoving} @click=${() => makePublic(takeBack)}>${t('action.takeback')}</button>` : nothing}
      <button class="button is-main" type="button" ?disabled=${!isDraft || state.isMoving} @click=${() => makePublic(publish)}>${t('action.publish')}</button>
      ${languageChoice(() => store.set({}))}
      <button class="button is-quiet" type="button" @click=${() => { forgetUndone(); signOut(); }}>${t('action.sign_out')}</button>
    </div>
  </header>`;
}

const icon = (path) => html`<svg class="turn" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;

// What is looked at, and of the board what of it.
function views() {
  const { model, filters, inbox } = state;
  const waiting = inbox?.cases.filter(isForPlanner).length ?? 0;
  const tab = (view, label) => html`<button class="tab" type="button" aria-pressed=${String(filters.view === view)} @click=${() => change({ view })}>${label}</button>`;
  return html`<div class="views">
    <span class="tabs" role="group" aria-label=${t('view.label')}>${tab('', t('view.board'))}${tab('insight', t('view.insight'))}${tab('inbox', waiting ? `${t('view.inbox')} (${waiting})` : t('view.inbox'))}</span>
    ${filters.view ? nothing : filterBar(model, filters, change)}
  </div>`;
}

function main() {
  const { model, filters, rowsMost } = state;
  if (filters.view === 'insight') return insightOf(state, panelActions);
  if (filters.view === 'inbox') return inboxOf(state, panelActions);
  if (model.shifts.size === 0)
    return html`<div class="narrow"><div class="card"><h2>${t('empty.title')}</h2><p>${withCode(t('empty.how'))}</p></div></div>`;
  const view = {
    model, filters, rowsMost, selected: state.selected, lift: state.lift, isUnfolded: state.isUnfolded, today: state.me.today,
    isUnpublished: state.board.state === 'draft' && state.board.revision === 0,
    troubled: new Set(model.violations.map((violation) => violation.worker)),
  };
  return boardOf(view, boardActions);
}

function skeleton() {
  return html`<div class="skeleton" aria-hidden="true">${Array.from({ length: 20 }, () => html`<div></div>`)}</div><p class="unseen" role="status">${t('loading')}</p>`;
}

function draw() {
  if (state.failed) {
    render(failure(state.failed, () => location.reload()), page);
    return;
  }
  if (!state.model) {
    render(skeleton(), page);
    return;
  }
  const { notice } = state;
  render(html`<a class="button skip" href="#main">${t('skip')}</a>
    <div class="layout ${state.selected ? 'has-panel' : ''}">
      <div class="top">
        ${bar()}${views()}${offlineBanner()}
        ${notice ? html`<div class="banner ${notice.kind}"><span class="grow">${notice.text}</span><button class="button is-quiet" type="button" aria-label=${t('action.close')} @click=${() => store.set({ notice: null })}>✕</button></div>` : nothing}
        ${solverStrip(state, solver)}
      </div>
      <div class="body" id="main" tabindex="-1">${main()}</div>
      ${panelOf(state, panelActions)}
    </div>${sayRegions}`, page);
  const grid = document.getElementById('board');
  if (grid) keepOneStop(grid);
}

// The rows that fill a screen are painted first; the others follow, before anybody has scrolled to them.
const showAllRows = () => requestAnimationFrame(() => setTimeout(() => store.set({ rowsMost: Infinity }), 0));

// --- beginning

async function begin() {
  // The week of the address is asked for without waiting for who asks.
  const opening = openPage(['planner']);
  const [, , inPath] = location.pathname.split('/');
  const asked = inPath ? get(`/weeks/${segment(inPath)}`) : undefined;
  asked?.catch(() => {}); // load() tells it
  const me = await opening;
  const week = inPath || me.week;
  store.set({ me: { ...me, today: localOf(me.now, me.timezone).slice(0, 10) }, week });
  document.title = `${t('week.title', { week })} · Rooster`;
  try {
    mondayOf(week);
  } catch {
    location.replace(`/plan/${me.week}`);
    return;
  }
  solver = createSolver({ store, week, reload: load, fail });
  store.drawNow();
  await load(asked);
  if (!state.model) return;
  store.set({ undone: keptUndone(week, state.board.version) });
  showAllRows();
  moving = createMoving({ store, move });
  moving.attach(page);
  onEvent((kind, data) => {
    if (kind === 'changed') reloadSoon();
    else solver.heard(kind, data);
  });
  connection.listen((isReached) => {
    store.set({});
    if (isReached) reloadSoon();
  });
  solver.find().catch(fail);
  refreshInbox();
  if (state.filters.view === 'insight') loadInsight(week).then((insight) => store.set({ insight }), fail);
}
begin();
