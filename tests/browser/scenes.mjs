// What there is to look at: every page in every state, on pools of different sizes. gallery.mjs makes pictures of it, and
// 04_looks.mjs holds it against what must be true of all.
import path from 'node:path';
import { emptyPage, EXAMPLE, Pool, signedIn, TINY } from './support.mjs';

const WEEK = '2026-W49';
const NOW_WEEK = '2026-W48'; // published in the example, and under way
const plan = `/plan/${WEEK}`;

// Narrow ones are touched.
export const sizes = {
  320: { viewport: { width: 320, height: 640 }, isTouch: true },
  360: { viewport: { width: 360, height: 740 }, isTouch: true },
  760: { viewport: { width: 760, height: 1024 }, isTouch: true },
  1280: { viewport: { width: 1280, height: 800 }, isTouch: false },
  1920: { viewport: { width: 1920, height: 1080 }, isTouch: false },
};

// --- pools

// The example, with everything in it that can wait for somebody: requests, an offer, an absence, a swap, worked hours.
async function busy() {
  const pool = new Pool(EXAMPLE);
  pool.rooster('plan', '--week', WEEK, '--seconds', '20', '--gap', '1');
  await pool.serve();
  const token = (...owner) => JSON.parse(pool.rooster('token', 'create', '--format', 'json', '--role', ...owner)).secret;
  let number = 0;
  const api = async (secret, method, at, body) => {
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', ...(method === 'POST' && { 'Idempotency-Key': `scene-${number++}` }) };
    const answer = await fetch(`${pool.origin}/api/v1${at}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const planner = token('planner');
  const coop = token('coop', '--coop', 'groen');
  const amina = token('worker', '--worker', 'amina');
  const ask = (day, role, headcount) => api(coop, 'POST', '/coops/groen/spikes', { role, start: `${day}T09:00`, end: `${day}T13:00`, headcount });
  const first = await ask('2026-11-25', 'sneeuw', 2);
  await api(planner, 'POST', `/cases/${first.case}/accept`, {});
  await ask('2026-11-26', 'stormschade', 60);
  const [offer] = (await api(planner, 'GET', '/offers')).offers;
  pool.asked = offer.worker;
  const mine = (await api(amina, 'GET', `/workers/amina/weeks/${NOW_WEEK}`)).shifts;
  await api(amina, 'POST', '/workers/amina/swaps', { shift: mine.at(-1).shift });
  await api(token('worker', '--worker', 'bram'), 'POST', '/workers/bram/absences', { from: '2026-11-26T00:00', until: '2026-11-28T00:00' });
  const { lines } = await api(coop, 'GET', `/weeks/${NOW_WEEK}/hours?coop=groen`);
  const ended = lines.filter((line) => line.has_ended).map((line) => ({ shift: line.shift, worker: line.worker }));
  await api(coop, 'POST', `/weeks/${NOW_WEEK}/hours/confirm`, { coop: 'groen', items: ended.slice(0, 2) });
  await api(coop, 'POST', `/weeks/${NOW_WEEK}/hours/dispute`, { coop: 'groen', items: [{ ...ended[2], note: 'came at ten, not at half past eight' }] });
  return pool;
}

// A made-up pool of that many workers, planned but for the seconds 0.
async function made(workers, seconds) {
  const pool = new Pool(null);
  pool.rooster('generate', path.join(pool.folder, 'pool'), '--workers', String(workers), '--week', WEEK);
  pool.rooster('import', path.join(pool.folder, 'pool'));
  if (seconds) pool.rooster('plan', '--week', WEEK, '--seconds', String(seconds));
  await pool.serve();
  return pool;
}

async function tiny() {
  const pool = new Pool(TINY);
  await pool.serve();
  return pool;
}

// Published, and again with somebody else on a shift.
async function twice() {
  const pool = new Pool(TINY);
  for (const [shift, worker] of [['mon', 'anna'], ['mon', 'cem'], ['wed-bus', 'bart'], ['fri', 'anna']]) pool.rooster('assign', '--shift', shift, '--worker', worker);
  pool.rooster('publish', '--week', WEEK);
  pool.rooster('unassign', '--shift', 'fri', '--worker', 'anna');
  pool.rooster('assign', '--shift', 'fri', '--worker', 'bart');
  pool.rooster('publish', '--week', WEEK);
  await pool.serve();
  return pool;
}

export const pools = { week: busy, five: () => made(5, 5), many: () => made(300, 20), tiny, twice };

// --- scenes

const never = (page, of) => page.route(of, () => {});
const broken = (page, of) => page.route(of, (route) => route.fulfill({
  status: 500, contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'urn:rooster:problem:internal', title: 'Internal error', status: 500, detail: 'the database is locked by another program', instance: 'req-7f3a' }),
}));
const settled = (page) => page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
// As the page itself hears of it when the stream of events breaks; one that opens later would say that all is well.
const offline = {
  before: (page) => {
    page.stream = page.waitForResponse(/\/api\/v1\/events/);
  },
  act: async (page) => {
    await page.stream;
    await page.waitForFunction(async () => {
      const { connection } = await import(new URL('../../lib/api.mjs', document.querySelector('script[type=module]').src));
      connection.tell(false);
      return document.querySelector('.banner.is-warn');
    });
  },
};
const click = (selector, then) => async (page) => {
  await page.locator(selector).first().click();
  if (then) await page.waitForSelector(then);
  await settled(page);
};
const anyWeek = /\/api\/v1\/(weeks|workers|coops)\//;
const board = '.board';
const person = '.person';

const planner = { who: () => ['planner'], at: plan, ready: board };
const worker = { who: () => ['worker', '--worker', 'amina'], at: '/me', ready: person, isLong: true };
const coop = { who: () => ['coop', '--coop', 'groen'], at: '/coop', ready: person, isLong: true };

// pool, who (for --role), at (the address), ready (what is waited for); before: ahead of loading; act: afterwards; isLong: the
// whole length is of interest, not a screen of it.
export const scenes = {
  'board-week': { pool: 'week', ...planner },
  'board-published': { pool: 'week', ...planner, at: `/plan/${NOW_WEEK}` },
  'board-five': { pool: 'five', ...planner },
  'board-tiny': { pool: 'tiny', ...planner },
  'board-many': { pool: 'many', ...planner },
  'board-unfolded': { pool: 'week', ...planner, act: click('.fold') },
  'board-coops': { pool: 'week', ...planner, at: `${plan}?by=coop` },
  'board-shift': { pool: 'week', ...planner, act: click('.open-row [data-shift]', '.panel .facts') },
  'board-assigned': { pool: 'week', ...planner, act: click('.board-rows [data-worker]', '.panel .facts') },
  'board-worker': { pool: 'week', ...planner, act: click('.worker-row .name', '.panel') },
  'board-lifted': { pool: 'week', ...planner, act: async (page) => {
    await page.locator('.board-rows [data-worker]').first().focus();
    await page.keyboard.press('m');
    await page.waitForSelector('.worker-row.is-able, .worker-row.is-blocked');
  } },
  'board-nobody': { pool: 'week', ...planner, at: `${plan}?find=zzz` },
  'board-empty': { pool: 'week', ...planner, at: '/plan/2026-W30', ready: '.card' },
  'board-loading': { pool: 'week', ...planner, before: (page) => never(page, anyWeek), ready: '.skeleton' },
  'board-error': { pool: 'week', ...planner, before: (page) => broken(page, anyWeek), ready: '[role=alert]' },
  'board-offline': { pool: 'week', ...planner, ...offline },
  'board-refused': { pool: 'week', ...planner, act: async (page) => {
    await page.route(/\/moves$/, (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:rooster:problem:unlawful', title: 'Unlawful', status: 422, detail: 'x', violations: [{ rule: 'daily_rest', text: 'rest 10:30 h from Mon 30 Nov 18:30, at least 11 h', words: ['rest', '10:30', 'Mon 30 Nov 18:30', 'at least', '11'] }] }) }));
    await page.locator('.board-rows [data-worker]').first().focus();
    await page.keyboard.press('Delete');
    await page.waitForSelector('.banner.is-bad');
  } },
  'solve-running': { pool: 'many', ...planner, act: async (page) => {
    await page.locator('.bar button:not([title]):not([aria-pressed]):not(.is-main):not(.is-quiet)').first().click();
    await page.waitForSelector('.strip .gap-chart', { timeout: 25000 }).catch(() => {});
    await page.waitForSelector('.strip');
  } },
  'solve-proposal': { pool: 'five', ...planner, act: async (page) => {
    await page.locator('.bar button:not([title]):not([aria-pressed]):not(.is-main):not(.is-quiet)').first().click();
    await page.waitForSelector('.strip.is-proposal', { timeout: 90000 });
  } },
  publish: { pool: 'week', ...planner, act: click('.bar .is-main', 'dialog[open]') },
  'board-twice': { pool: 'twice', ...planner },
  takeback: { pool: 'twice', ...planner, act: click('.takeback', 'dialog[open]') },
  'insight-week': { pool: 'week', ...planner, at: `${plan}?view=insight`, ready: '.sheet', act: settled, isLong: true },
  'insight-many': { pool: 'many', ...planner, at: `${plan}?view=insight`, ready: '.sheet', act: settled },
  'insight-five': { pool: 'five', ...planner, at: `${plan}?view=insight`, ready: '.sheet', act: settled, isLong: true },
  'inbox-week': { pool: 'week', ...planner, at: `/plan/${NOW_WEEK}?view=inbox`, ready: '.sheet', act: settled, isLong: true },
  'inbox-tiny': { pool: 'tiny', ...planner, at: `${plan}?view=inbox`, ready: '.sheet', act: settled },
  'inbox-empty': { pool: 'five', ...planner, at: `${plan}?view=inbox`, ready: '.sheet', act: settled, isLong: true },
  'print-week': { pool: 'week', ...planner, at: `/print/${WEEK}`, ready: '.print-table' },
  'print-error': { pool: 'week', ...planner, at: `/print/${WEEK}`, before: (page) => broken(page, anyWeek), ready: '[role=alert]' },
  door: { pool: 'week', who: null, at: '/', ready: '.card' },
  'door-used': { pool: 'week', who: null, at: '/', hash: '#used', ready: '.card' },
  'me-week': { pool: 'week', ...worker },
  'me-asked': { pool: 'week', ...worker, who: (pool) => ['worker', '--worker', pool.asked] },
  'me-absent': { pool: 'week', ...worker, who: () => ['worker', '--worker', 'bram'] },
  'me-details': { pool: 'week', ...worker, act: async (page) => {
    for (const summary of await page.locator('.shift summary').all()) await summary.click();
  } },
  'me-open': { pool: 'week', ...worker, hash: '#open', act: settled },
  'me-availability': { pool: 'week', ...worker, hash: '#availability', act: settled },
  'me-hours': { pool: 'week', ...worker, hash: '#hours', act: settled },
  'me-calendar': { pool: 'week', ...worker, act: async (page) => {
    await page.locator('.card').last().locator('button').last().click();
    // Who has an address already is asked first.
    const next = await page.waitForSelector('dialog[open] .is-main, #calendar-address');
    if ((await next.getAttribute('id')) !== 'calendar-address') await next.click();
    await page.waitForSelector('#calendar-address');
  } },
  'me-dialog': { pool: 'week', ...worker, act: async (page) => {
    await page.locator('.shift summary').last().click();
    await page.locator('.shift').last().locator('.pair button').last().click();
    await page.waitForSelector('dialog[open]');
  }, isLong: false },
  'me-empty': { pool: 'tiny', ...worker, who: () => ['worker', '--worker', 'cem'] },
  'me-empty-open': { pool: 'tiny', ...worker, who: () => ['worker', '--worker', 'dina'], hash: '#open', act: settled },
  'me-empty-hours': { pool: 'tiny', ...worker, who: () => ['worker', '--worker', 'cem'], hash: '#hours', act: settled },
  'me-loading': { pool: 'week', ...worker, before: (page) => never(page, anyWeek), ready: '.skeleton' },
  'me-error': { pool: 'week', ...worker, before: (page) => broken(page, anyWeek), ready: '[role=alert]' },
  'me-offline': { pool: 'week', ...worker, ...offline },
  'coop-week': { pool: 'week', ...coop },
  'coop-answer': { pool: 'week', ...coop, act: async (page) => {
    await page.locator('[name=headcount]').fill('60');
    await page.locator('form.fields button').click();
    await page.waitForSelector('.answer');
    await page.locator('.answer summary').click();
  } },
  'coop-dialog': { pool: 'week', ...coop, act: click('.table:has(.tick) .row .button', 'dialog[open]'), isLong: false },
  'coop-many': { pool: 'many', ...coop, who: () => ['coop', '--coop', 'C001'], act: click('.week-steps .button:last-child') },
  'coop-empty': { pool: 'tiny', ...coop, who: () => ['coop', '--coop', 'bus'] },
  'coop-loading': { pool: 'week', ...coop, before: (page) => never(page, anyWeek), ready: '.skeleton' },
  'coop-error': { pool: 'week', ...coop, before: (page) => broken(page, anyWeek), ready: '[role=alert]' },
  'coop-offline': { pool: 'week', ...coop, ...offline },
};

// --- showing

const sessions = new Map();
async function session(pool, owner) {
  const key = `${pool.origin} ${owner.join(' ')}`;
  if (!sessions.has(key)) {
    const page = await signedIn(pool, owner);
    await page.waitForURL((url) => url.pathname.length > 1);
    // Only who it is: what a page keeps of its last visit would be shown at once.
    const { cookies } = await page.context().storageState();
    sessions.set(key, { cookies, origins: [] });
    await page.context().close();
  }
  return sessions.get(key);
}

// A page of the scene, touched or not, in a look { colorScheme, language }; its caller closes page.context().
export async function show(pool, scene, isTouch, look, viewport) {
  const storageState = scene.who ? await session(pool, scene.who(pool)) : undefined;
  const page = await emptyPage(pool, { storageState, colorScheme: look.colorScheme, reducedMotion: look.reducedMotion, viewport, hasTouch: isTouch, isMobile: isTouch, serviceWorkers: 'block' });
  await scene.before?.(page);
  const query = `${scene.at.includes('?') ? '&' : '?'}lang=${look.language}`;
  await page.goto(`${pool.origin}${scene.at}${query}${scene.hash ?? ''}`);
  await page.waitForSelector(scene.ready);
  await scene.act?.(page);
  return page;
}
