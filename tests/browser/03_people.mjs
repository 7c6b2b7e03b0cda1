// A worker on a phone and a cooperative at its desk, in a real browser: asking for people, being asked, saying yes, saying
// when one can, being away, confirming hours, and reading one's week without a connection.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { closeBrowser, EXAMPLE, Pool, signedIn, until } from './support.mjs';

const WEEK = '2026-W48'; // published, and under way
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const button = (page, name) => page.getByRole('button', { name, exact: true });
// Without the marks that isolate times and figures.
const text = async (locator) => (await locator.textContent()).replace(/[\u2066-\u2069]/g, '');
const asked = (desk) => desk.locator('.card', { hasText: 'What you asked' });
const told = (page) => page.locator('.banner').first().textContent({ timeout: 200 }).catch(() => '');

async function judge(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(found.violations.map((violation) => `${what}: ${violation.id}: ${violation.nodes[0].html.slice(0, 200)} ${violation.nodes[0].failureSummary}`), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what}: ${wide} px wider than the screen`);
}

describe('people', { concurrency: false }, () => {
  let pool;
  let pages;

  beforeEach(async () => {
    pool = new Pool(EXAMPLE);
    await pool.serve();
    pages = [];
  });
  afterEach(async () => {
    const faults = pages.flatMap((page) => page.faults);
    for (const page of pages) await page.context().close();
    await pool.end();
    assert.deepEqual(faults, []);
  });
  after(closeBrowser);

  async function open(owner, options) {
    const page = await signedIn(pool, owner, options);
    pages.push(page);
    await page.waitForSelector('.person');
    return page;
  }
  const worker = async (id) => {
    await api(token('planner'), 'PUT', `/workers/${id}/language`, { language: 'en' });
    return open(['worker', '--worker', id], PHONE);
  };
  const coop = (id) => open(['coop', '--coop', id]);

  async function api(secret, method, path, body) {
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
    if (method === 'POST' && !path.startsWith('/feeds')) headers['Idempotency-Key'] = `test-${path}`;
    const answer = await fetch(`${pool.origin}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  }
  const token = (...owner) => JSON.parse(pool.rooster('token', 'create', '--format', 'json', '--role', ...owner)).secret;

  async function fillRequest(page) {
    await page.locator('[name=day]').selectOption('2026-11-25');
    await page.locator('[name=from]').fill('09:00');
    await page.locator('[name=until]').fill('13:00');
    await page.locator('[name=headcount]').fill('4');
    await page.locator('[name=role]').fill('sneeuw');
    await page.locator('[name=break]').fill('30');
  }
  async function askForPeople(page) {
    await fillRequest(page);
    await button(page, 'Ask for people').click();
    await until('it is asked', async () => /The planner decides, and/.test(await page.locator('#answer').textContent()));
  }

  test('a spike is answered on the cooperative’s page, and a worker accepts on a phone; the feed has it', async () => {
    const desk = await coop('groen');
    await askForPeople(desk);
    assert.match(await text(desk.locator('#answer')), /can be filled\s+4 of 4 places/);
    await until('the request is listed', async () => /sent, waits for the planner/.test(await asked(desk).textContent()));

    const planner = token('planner');
    const [spike] = (await api(planner, 'GET', '/cases?kind=spike')).cases;
    await api(planner, 'POST', `/cases/${spike.case}/accept`, {});
    const [offer] = (await api(planner, 'GET', '/offers')).offers;
    const feed = await api(token('worker', '--worker', offer.worker), 'POST', '/feeds/rotate', { worker: offer.worker });
    const calendar = () => fetch(pool.origin + feed.path).then((answer) => answer.text());
    const before = await calendar();
    assert.ok(!before.includes('sneeuw'));

    const phone = await worker(offer.worker);
    await phone.waitForSelector('.asked');
    await judge(phone, 'an offer');
    await button(phone, 'Accept').first().click();
    await until('the yes is taken', async () => /the shift is in your week/.test(await told(phone)));
    await until('it stands in the week', async () => (await phone.locator('.shift', { hasText: 'sneeuw' }).count()) === 1);
    assert.ok((await calendar()).includes('sneeuw'), 'the calendar has it');
  });

  test('the answer stands there before it is asked, and trying stores nothing', async () => {
    const desk = await coop('groen');
    const planner = token('planner');
    await fillRequest(desk);
    const seen = () => text(desk.locator('#answer'));
    await until('it can be filled', async () => /can be filled\s+4 of 4 places.*Costs the pool.*Nothing is asked yet/s.test(await seen()));
    assert.doesNotMatch(await seen(), /Could come/, 'nobody is named');
    await judge(desk, 'a trial');
    await desk.locator('[name=headcount]').fill('60');
    await until('it follows what is typed', async () => /can partly be filled.*of 60 places/s.test(await seen()));
    await desk.locator('[name=from]').fill('9');
    await until('half a time is not asked about', async () => (await seen()).trim() === '');
    await desk.locator('[name=from]').fill('12:55');
    await desk.locator('[name=headcount]').fill('1');
    await desk.locator('[name=break]').fill('60');
    await until('a fault is told', async () => (await desk.locator('#answer .bad').count()) === 1);
    assert.deepEqual((await api(planner, 'GET', '/cases')).cases, []);
    await fillRequest(desk);
    await button(desk, 'Ask for people').click();
    await until('it is asked', async () => /The planner decides, and/.test(await seen()));
    assert.doesNotMatch(await seen(), /Nothing is asked yet|These come/, 'nobody has agreed yet, so nobody is named');
    assert.equal((await api(planner, 'GET', '/cases')).cases.length, 1);
  });

  test('the same every week, again later, and no longer', async () => {
    const desk = await coop('groen');
    const planner = token('planner');
    await fillRequest(desk);
    await desk.locator('[name=repeat]').selectOption('weekly');
    await desk.locator('[name=times]').fill('2');
    await until('each week has its answer', async () => (await desk.locator('#answer details.answer').count()) === 2);
    await judge(desk, 'several trials');
    await button(desk, 'Ask for people').click();
    await until('two are asked', async () => (await asked(desk).locator('tbody tr').count()) === 2);
    const { cases } = await api(planner, 'GET', '/cases');
    assert.deepEqual(cases.map((one) => one.week).sort(), ['2026-W48', '2026-W49']);
    const row = asked(desk).locator('tr', { hasText: 'sent, waits' });
    await row.getByRole('button', { name: /^Again: / }).click();
    await until('it is filled in', async () => (await desk.locator('[name=day]').inputValue()) === '2026-12-02');
    assert.equal(await desk.locator('[name=role]').inputValue(), 'sneeuw');
    await row.getByRole('button', { name: /^Withdraw: / }).click();
    await desk.locator('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await until('it is withdrawn', async () => (await asked(desk).locator('tr', { hasText: /withdrawn/ }).count()) === 1 && (await asked(desk).locator('tr', { hasText: '✓ Withdrawn' }).count()) === 1);
    assert.deepEqual((await api(planner, 'GET', '/cases?state=waiting')).cases, []);
  });

  test('what is not possible is told, with when it could be', async () => {
    const desk = await coop('groen');
    await desk.locator('[name=day]').selectOption('2026-11-25');
    await desk.locator('[name=headcount]').fill('60');
    await button(desk, 'Ask for people').click();
    await until('it is asked', async () => /can partly be filled.*The planner decides/s.test(await desk.locator('#answer').textContent()));
    await desk.getByText('Why not more?').click();
    assert.match(await desk.locator('.answer').textContent(), /works then already/);
  });

  test('hours are confirmed in bulk, and one is disputed with its reason', async () => {
    const desk = await coop('groen');
    await desk.waitForSelector('.tick input');
    const due = await desk.locator('.tick input').count();
    await desk.getByRole('button', { name: /^Dispute: / }).first().click();
    await desk.getByLabel('What is not right?').fill('nobody came');
    await desk.locator('dialog').getByRole('button', { name: 'Dispute' }).click();
    await until('it is disputed', async () => /nobody came/.test(await desk.locator('body').textContent()));
    await button(desk, 'Choose all').click();
    await button(desk, `Confirm ${due - 1} chosen`).click();
    await until('nothing is due', async () => (await desk.locator('.tick input').count()) === 0);
    const { lines } = await api(token('planner'), 'GET', `/weeks/${WEEK}/hours?coop=groen`);
    assert.equal(lines.filter((line) => line.state === 'confirmed').length, due - 1);
    assert.equal(lines.filter((line) => line.state === 'disputed').length, 1);
  });

  test('hours are what is paid: booked or planned, with what a short call gets on top', async () => {
    const phone = await worker('amina');
    const minutes = await phone.evaluate(async () => {
      const { href } = [...document.querySelectorAll('link[rel=modulepreload]')].find((link) => link.href.endsWith('/app/worker/hours.mjs'));
      const { sumOf } = await import(href);
      const call = { reason: 'worked', planned_minutes: 150, floor_minutes: 60, booked: { paid_minutes: 120 } };
      const disputed = { reason: 'worked', planned_minutes: 240, floor_minutes: 0, booked: { paid_minutes: 0 } };
      const withdrawn = { reason: 'cancelled_paid', planned_minutes: 240, floor_minutes: 0, booked: null };
      return [sumOf([call]), sumOf([disputed]), sumOf([withdrawn]), sumOf([call, disputed, withdrawn])];
    });
    assert.deepEqual(minutes, [180, 0, 240, 420]);
  });

  test('why not, in Dutch: the sentence and the rules', async () => {
    const desk = await open(['coop', '--coop', 'groen']);
    await desk.goto(`${pool.origin}/coop?lang=nl`);
    await desk.waitForSelector('.person');
    await fillRequest(desk);
    await desk.locator('[name=until]').fill('19:00');
    await desk.locator('[name=break]').fill('5');
    await until('the law is told', async () => /5 minuten pauze is te weinig bij 9:55 uur werk/.test(await text(desk.locator('#answer'))));
    await desk.locator('[name=break]').fill('45');
    await desk.locator('[name=headcount]').fill('60');
    await until('it is tried', async () => (await desk.locator('#answer summary').count()) === 1);
    await desk.locator('#answer summary').click();
    const reasons = await text(desk.locator('#answer .reasons'));
    assert.match(reasons, /werkt dan al/);
    assert.doesNotMatch(reasons, /[a-z]+_[a-z]+|ATW|works/);
  });

  test('a worker’s language goes with them to another phone', async () => {
    const phone = await worker('amina');
    await phone.getByRole('combobox', { name: 'Language' }).selectOption('ar');
    await until('it is kept', async () => (await api(token('worker', '--worker', 'amina'), 'GET', '/me')).language === 'ar');
    const other = await open(['worker', '--worker', 'amina'], PHONE);
    assert.equal(await other.evaluate(() => document.documentElement.dir), 'rtl');
  });

  test('says when one can: a tap goes on by itself and is kept', async () => {
    const phone = await worker('amina');
    await phone.goto(`${pool.origin}/me#availability`);
    await button(phone, 'Week after').click();
    const cell = phone.getByRole('button', { name: /, Saturday 5 December, Night$/ });
    await cell.click();
    await until('it says so', async () => /rather not/.test(await cell.textContent()));
    await until('it is kept', async () => /Kept/.test(await told(phone)));
    await phone.reload();
    await phone.waitForSelector('.can-table');
    await button(phone, 'Week after').click();
    await until('it stands', async () => /rather not/.test(await cell.textContent()));
    const { windows } = await api(token('planner'), 'GET', '/workers/amina/availability');
    assert.ok(windows.some((window) => window.start_local === '2026-12-05T22:00' && window.end_local === '2026-12-06T06:00' && window.kind === 'avoid'));
  });

  test('cannot come, gives away, keeps it after all', async () => {
    const phone = await worker('amina');
    const shift = phone.locator('.shift').last();
    await shift.locator('summary').click();
    await shift.getByRole('button', { name: 'Give away' }).click();
    await phone.locator('dialog').getByRole('button', { name: 'Give away' }).click();
    await shift.locator('.pill', { hasText: 'Offered to colleagues' }).waitFor();
    await shift.getByRole('button', { name: 'Keep it after all' }).click();
    await until('it is hers again', async () => (await shift.locator('.pill').count()) === 0);
    await shift.getByRole('button', { name: 'I can’t come' }).click();
    await phone.locator('dialog').getByRole('button', { name: 'Report absent' }).click();
    await until('it is answered', async () => /Passed on|Arranged/.test(await told(phone)));
  });

  test('gives away to a colleague by name, who says yes', async () => {
    const phone = await worker('amina');
    const dialog = phone.locator('dialog');
    const choice = dialog.getByLabel('Whom do you offer it to?');
    const open = phone.locator('.shift:not(.is-past)');
    await open.first().waitFor();
    let given = null;
    for (const shift of await open.all()) {
      await shift.locator('summary').click();
      await shift.getByRole('button', { name: 'Give away' }).click();
      await dialog.waitFor();
      if ((await choice.count()) === 1) { given = shift; break; }
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    }
    assert.ok(given, 'somebody could take one of hers');
    await judge(phone, 'whom to ask');
    const name = await text(choice.locator('option').nth(1));
    assert.match(name, /^\S+( \S\.)?$/u, 'no more than a first name');
    await choice.selectOption({ index: 1 });
    const asked = await choice.inputValue();
    await dialog.getByRole('button', { name: 'Give away' }).click();
    await given.locator('.pill', { hasText: 'A colleague is asked' }).waitFor();
    const other = await worker(asked);
    await button(other, 'Accept').first().click();
    await until('the yes is taken', async () => /changed hands|Waits for the planner/.test(await told(other)));
    const { cases } = await api(token('planner'), 'GET', '/cases?kind=swap');
    assert.deepEqual(cases.map((one) => [one.worker, one.other]), [['amina', asked]]);
  });

  test('a week that was seen can be read without the service', async () => {
    const phone = await worker('amina');
    await phone.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await until('the page is kept', () => phone.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0]);
      return (await cache.keys()).length > 15;
    }));
    await pool.kill();
    await phone.reload();
    await phone.waitForSelector('.next');
    assert.match(await told(phone), /No connection\. Seen .*\d\d:\d\d/);
    assert.ok(await button(phone, 'More than one shift…').isDisabled());
    await judge(phone, 'offline');
    assert.match(await text(phone.locator('.next')), /Tuesday 24 November/);
    await phone.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('rooster.me'));
      kept.me.readAt -= 6 * 3600 * 1000;
      localStorage.setItem('rooster.me', JSON.stringify(kept));
    });
    await phone.reload();
    await until('six hours later the next shift is another', async () => /Thursday 26 November/.test(await text(phone.locator('.next'))));
    await pool.serve(pool.port);
    await until('it is back', async () => !/No connection/.test(await told(phone)));
  });

  for (const [colorScheme, lang] of [['light', 'nl'], ['dark', 'en'], ['light', 'ar']]) {
    test(`axe finds nothing, ${colorScheme}, ${lang}`, async () => {
      const phone = await open(['worker', '--worker', 'amina'], { ...PHONE, viewport: { width: 320, height: 700 }, colorScheme });
      const desk = await open(['coop', '--coop', 'groen'], { colorScheme });
      for (const tab of ['week', 'open', 'availability', 'hours']) {
        await phone.goto(`${pool.origin}/me?lang=${lang}#${tab}`);
        await phone.waitForSelector('.person');
        await until('it is loaded', async () => (await phone.locator('[aria-busy="true"]').count()) === 0);
        await judge(phone, tab);
      }
      await desk.goto(`${pool.origin}/coop?lang=${lang}`);
      await desk.waitForSelector('.heat');
      await judge(desk, 'coop');
      await desk.setViewportSize({ width: 360, height: 740 });
      await judge(desk, 'coop on a phone');
    });
  }
});
