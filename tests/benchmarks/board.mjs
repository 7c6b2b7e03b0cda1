// The planner's board in a real Chromium: how long until it stands there, and until a move is seen. board.py starts it:
//   node board.mjs ORIGIN CODE WEEK LOADS MOVES
// and reads one line of JSON: lists of milliseconds, and how much there was to show.
import { closeBrowser, signedIn, until } from '../browser/support.mjs';

const [origin, code, week, loads, moves] = process.argv.slice(2);
const board = `${origin}/plan/${week}`;
const stranger = { origin, link: () => code };

// In the page: when a screen of rows was painted, and all of them, and when what a key brings about was.
function watchPaint() {
  const times = { ready: null, whole: null, pressed: null };
  window.boardTimes = times;
  // What changed within a frame is painted with it, and a timer of no time comes after that.
  let isSeen = false;
  const drawing = new MutationObserver(() => {
    const rows = document.querySelectorAll('#board .worker-row').length;
    if (rows && !isSeen) {
      isSeen = true;
      setTimeout(() => { times.ready = performance.now(); }, 0);
    }
    if (!rows || rows + 3 !== Number(document.getElementById('board').getAttribute('aria-rowcount'))) return;
    drawing.disconnect();
    setTimeout(() => { times.whole = performance.now(); }, 0);
  });
  drawing.observe(document, { subtree: true, childList: true });
  addEventListener('keydown', (event) => { times.pressed = event.timeStamp; }, true);
  // Resolves with the milliseconds since the last key when `selector` is (or is no longer) there, and painted.
  window.untilSeen = (selector, isThere) => new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (Boolean(document.querySelector(selector)) !== isThere) return;
      observer.disconnect();
      setTimeout(() => resolve(performance.now() - times.pressed), 0);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
  });
}

const first = await signedIn(stranger);
await first.waitForURL(/\/plan/);
const storageState = await first.context().storageState();
const browser = first.context().browser();

const told = { cold: [], cold_whole: [], warm: [], warm_whole: [], lift: [], move: [], confirmed: [] };

const ready = (page) => until('the board is painted', () => page.evaluate(() => window.boardTimes?.whole && window.boardTimes));

// Cold: nothing of the pages in the browser's cache, as on a first visit. Warm: the same again.
for (let load = 0; load < Number(loads); load++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', storageState });
  const page = await context.newPage();
  await page.addInitScript(watchPaint);
  for (const kind of ['cold', 'warm']) {
    await page.goto(board);
    const { ready: seen, whole } = await ready(page);
    told[kind].push(seen);
    told[`${kind}_whole`].push(whole);
  }
  await context.close();
}

const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', storageState });
const page = await context.newPage();
await page.addInitScript(watchPaint);
await page.goto(board);
await ready(page);
const answer = await page.evaluate((path) => fetch(path).then((got) => got.json()), `/api/v1/weeks/${week}`);
told.workers = answer.workers.length;
told.shifts = answer.shifts.length;
told.assigned = answer.assignments.length;
told.elements = await page.evaluate(() => document.querySelectorAll('*').length);
told.kilobytes = await page.evaluate((path) => Math.round(performance.getEntriesByType('resource').find((entry) => entry.name.endsWith(path)).encodedBodySize / 1000), `/weeks/${week}`);

const quiet = () => until('the move is confirmed', () => page.evaluate(() => document.querySelector('.banner') !== null));
for (let move = 0; move < Number(moves); move++) {
  const chip = await page.evaluate((at) => {
    const chips = [...document.querySelectorAll('.worker-row .chip:not(.is-pinned)')];
    const chosen = chips[(at * 7) % Math.min(chips.length, 200)];
    chosen.focus();
    return `.worker-row .chip[data-shift="${chosen.dataset.shift}"][data-worker="${chosen.dataset.worker}"]`;
  }, move);
  const lifted = page.evaluate(() => window.untilSeen('.worker-row.is-blocked', true));
  await page.keyboard.press('m');
  told.lift.push(await lifted);
  await page.keyboard.press('Escape');
  await page.focus(chip);
  const moved = page.evaluate((selector) => window.untilSeen(selector, false), chip);
  const confirmed = page.waitForResponse((response) => response.url().endsWith('/moves'));
  await page.keyboard.press('Delete');
  told.move.push(await moved);
  await (await confirmed).finished();
  told.confirmed.push(await page.evaluate(() => performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/moves')).at(-1).duration));
  await quiet();
  const back = page.evaluate((selector) => window.untilSeen(selector, true), chip);
  await page.keyboard.press('Control+z');
  await back;
}
await closeBrowser();
console.log(JSON.stringify(told));
