// axe-core finds nothing on any page, in both themes and in a language from the right. It looks at each element, so the pool
// is a small one; what it sees of one row it sees of all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { closeBrowser, Pool, signedIn, TINY, watch } from './support.mjs';

const WEEK = '2026-W49';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const choose = (shift) => async (page) => {
  await page.click(`.board [data-shift="${shift}"]`);
  await page.waitForSelector('.panel .facts');
  await page.waitForSelector('.panel [aria-busy]', { state: 'detached' });
};
const views = [
  ['the board', `/plan/${WEEK}`],
  ['the board, cooperatives unfolded', `/plan/${WEEK}`, (page) => page.click('.fold')],
  ['a shift that is open', `/plan/${WEEK}`, choose('sat-saw')],
  ['a shift somebody has', `/plan/${WEEK}`, choose('mon')],
  ['a worker', `/plan/${WEEK}`, (page) => page.click('.worker-row .name')],
  ['a shift in the air', `/plan/${WEEK}`, async (page) => {
    await page.focus('.board-rows [data-shift="mon"]');
    await page.keyboard.press('m');
    await page.waitForSelector('.worker-row.is-able, .worker-row.is-blocked');
  }],
  ['the board by cooperative', `/plan/${WEEK}?by=coop`],
  ['a filter that nobody matches', `/plan/${WEEK}?find=zzz`],
  ['the question before publishing', `/plan/${WEEK}`, async (page) => {
    await page.click('.bar .is-main');
    await page.waitForSelector('dialog[open]');
  }],
  ['the question before a publishing is taken back', `/plan/${WEEK}`, async (page) => {
    await page.click('.takeback');
    await page.waitForSelector('dialog[open]');
  }],
  ['insight', `/plan/${WEEK}?view=insight`],
  ['the inbox', `/plan/${WEEK}?view=inbox`],
  ['a week without shifts', '/plan/2026-W30'],
  ['the week on paper', `/print/${WEEK}`],
];

describe('accessibility', { concurrency: false }, () => {
  let pool;
  let first;

  before(async () => {
    pool = new Pool(TINY);
    for (const [shift, worker] of [['mon', 'anna'], ['wed-bus', 'bart']]) {
      pool.rooster('assign', '--shift', shift, '--worker', worker);
      pool.rooster('publish', '--week', WEEK);
    }
    pool.rooster('assign', '--shift', 'fri', '--worker', 'anna');
    pool.rooster('pin', '--shift', 'mon', '--worker', 'anna');
    await pool.serve();
    first = await signedIn(pool);
    await first.waitForURL(/\/plan\//);
  });
  after(async () => {
    await closeBrowser();
    await pool?.end();
  });

  for (const [colorScheme, language] of [['light', 'nl'], ['dark', 'en'], ['light', 'ar']]) {
    for (const [name, address, act] of views) {
      test(`${name}, ${colorScheme}, ${language}`, async () => {
        const storageState = await first.context().storageState();
        const context = await first.context().browser().newContext({ storageState, colorScheme, viewport: { width: 1280, height: 800 } });
        const page = await context.newPage();
        const faults = [];
        watch(page, pool, faults);
        await page.goto(`${pool.origin}${address}${address.includes('?') ? '&' : '?'}lang=${language}`);
        await page.waitForSelector('.board, .sheet .card, .print-table, .narrow .card');
        await act?.(page);
        await page.waitForTimeout(200);
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        const lines = found.violations.map((violation) => `${violation.id}: ${violation.nodes.length} × ${violation.help}; ${violation.nodes[0].html.slice(0, 300)} ${violation.nodes[0].failureSummary}`);
        await context.close();
        assert.deepEqual(lines, []);
        assert.deepEqual(faults, []);
      });
    }
  }

  test('the door', async () => {
    const context = await first.context().browser().newContext();
    const page = await context.newPage();
    await page.goto(`${pool.origin}/?lang=nl`);
    await page.waitForSelector('.card');
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run());
    assert.deepEqual(found.violations.map((violation) => violation.id), []);
    await context.close();
  });
});
