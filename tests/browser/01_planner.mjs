// The planner's week in a real browser: sign in, plan, take, move by mouse and by keyboard, be refused, conflict, publish.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { closeBrowser, Pool, signedIn, TINY, until } from './support.mjs';

const WEEK = '2026-W49';
const chip = (shift, worker) => `.board-rows [data-shift="${shift}"][data-worker="${worker}"]`;
const row = (worker) => `.worker-row[data-row="${worker}"]`;
const told = (page) => page.locator('.banner').first().textContent().catch(() => '');
const button = (page, name) => page.getByRole('button', { name, exact: true });

describe('the planner', { concurrency: false }, () => {
  let pool;
  let page;

  beforeEach(async () => {
    pool = new Pool(TINY);
    for (const [shift, worker] of [['mon', 'anna'], ['mon', 'cem'], ['wed-bus', 'bart'], ['fri', 'anna']]) pool.rooster('assign', '--shift', shift, '--worker', worker);
    await pool.serve();
    page = await signedIn(pool);
    await page.waitForURL(/\/plan\//);
    await page.goto(`${pool.origin}/plan/${WEEK}`);
    await page.waitForSelector('.board');
  });
  afterEach(async () => {
    const { faults } = page;
    await page.context().close();
    await pool.end();
    assert.deepEqual(faults, []);
  });
  after(closeBrowser);

  test('comes in by a link that leaves no trace in the address', async () => {
    assert.equal(new URL(page.url()).hash, '');
    assert.equal(await page.evaluate(() => document.cookie), '', 'no script sees the session');
  });

  test('plans a week, watches it, and takes what was found', async () => {
    await button(page, 'Plan').click();
    await page.waitForSelector('.strip');
    await button(page, 'Use this roster').click();
    await until('the strip is gone', async () => (await page.locator('.strip').count()) === 0);
    await page.waitForSelector('.pill.is-draft');
    assert.ok((await page.locator('.board-rows .chip').count()) > 0);
  });

  test('takes a shift off and back by the panel, with its price', async () => {
    await page.click(chip('mon', 'cem'));
    await button(page, 'Take off: Cem').or(page.getByRole('button', { name: /^Take off: .*/ }).last()).first().click();
    await until('the price is told', async () => /Done/.test(await told(page)));
    const before = await page.locator('.board-rows [data-shift="mon"]').count();
    assert.equal(before, 1);
    await button(page, 'Undo').click();
    await until('it is undone', async () => (await page.locator('.board-rows [data-shift="mon"]').count()) === 2);
    await button(page, 'Redo').click();
    await until('it is redone', async () => (await page.locator('.board-rows [data-shift="mon"]').count()) === 1);
  });

  test('does again what it took back, also after the page was loaded anew', async () => {
    const rows = () => page.locator('.board-rows .chip').evaluateAll((all) => all.map(({ dataset }) => `${dataset.shift} ${dataset.worker}`).sort());
    const gone = async (shift, worker, state) => page.waitForSelector(chip(shift, worker), { state });
    const anew = async () => {
      await page.reload();
      await page.waitForSelector('.board-rows .chip');
    };
    const before = await rows();
    for (const [shift, worker] of [['mon', 'cem'], ['fri', 'anna']]) {
      await page.focus(chip(shift, worker));
      await page.keyboard.press('Delete');
      await gone(shift, worker, 'detached');
      await until('it is off', async () => /Done/.test(await told(page)));
    }
    const after = await rows();
    await anew(); // taking back outlives it, for the server keeps the steps
    for (const [shift, worker] of [['fri', 'anna'], ['mon', 'cem']]) {
      await button(page, 'Undo').click();
      await gone(shift, worker, 'attached');
      await until('it is undone', async () => /Undone/.test(await told(page)));
    }
    assert.deepEqual(await rows(), before);
    await anew();
    await button(page, 'Redo').click();
    await gone('mon', 'cem', 'detached');
    await until('it is done again', async () => /Done/.test(await told(page)));
    await anew();
    await button(page, 'Redo').click();
    await gone('fri', 'anna', 'detached');
    await until('so is the other', async () => /Done/.test(await told(page)));
    assert.deepEqual(await rows(), after);
    assert.ok(await button(page, 'Redo').isDisabled());
    await button(page, 'Undo').click();
    await gone('fri', 'anna', 'attached');
    await until('once more', async () => /Undone/.test(await told(page)));
    pool.rooster('unassign', '--shift', 'wed-bus', '--worker', 'bart');
    await gone('wed-bus', 'bart', 'detached');
    await anew();
    assert.ok(await button(page, 'Redo').isDisabled(), 'somebody else went on from there');
  });

  test('shows what it did without reading the week again, and shows what the server has', async () => {
    // Of a page: every chip, sum and figure, and how it looks.
    const shown = (of) => of.evaluate(() => [...document.querySelectorAll('.board .chip, .board .hours, .board .cover, .pill, .cost')].map((element) => `${element.className} ${element.textContent}`));
    const read = [];
    page.on('response', (response) => { if (/\/api\/v1\/weeks\/[^/]+$/.test(response.url())) read.push(response.status()); });
    for (const act of ['Delete', 'Control+z', 'Control+y']) {
      if (act === 'Delete') await page.focus(chip('mon', 'cem'));
      read.length = 0;
      const done = page.waitForResponse((response) => /(moves|undo)$/.test(response.url()));
      await page.keyboard.press(act);
      await (await done).finished();
      await until('it asked whether anything is new', () => read.length > 0);
      assert.deepEqual([...new Set(read)], [304], act);
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.waitForSelector('.worker-row');
      assert.deepEqual(await shown(page), await shown(other), act);
      await other.close();
    }
  });

  test('moves a shift by mouse to one who can', async () => {
    const asked = page.waitForResponse((response) => response.url().includes('/candidates'));
    await page.hover(chip('fri', 'anna'));
    await page.mouse.down();
    await page.mouse.move(400, 400);
    const { candidates } = await (await asked).json();
    const able = candidates.find((candidate) => candidate.can && candidate.worker !== 'anna');
    assert.ok(able, 'somebody else can');
    const box = await page.locator(row(able.worker)).boundingBox();
    await page.mouse.move(box.x + 300, box.y + box.height / 2, { steps: 4 });
    await until('the hint names the price', async () => /can, /.test(await page.locator('.hint').textContent()));
    await page.mouse.up();
    await page.waitForSelector(chip('fri', able.worker));
    await until('the server confirmed', async () => /Done/.test(await told(page)));
    assert.equal(await page.locator(chip('fri', 'anna')).count(), 0);
  });

  test('is told why a move is illegal, and it snaps back', async () => {
    await page.focus(chip('wed-bus', 'bart'));
    await page.keyboard.press('m');
    await until('the board knows who can', async () => (await page.locator('.worker-row.is-blocked').count()) > 0);
    await page.locator(`${row('anna')} .name`).focus();
    await until('the reason is told', async () => /cannot: .*(held|unavailable)/.test(await page.locator('#said-now').textContent()));
    await page.keyboard.press('Enter');
    await until('it is refused', async () => /Not allowed/.test(await told(page)));
    await page.waitForSelector(chip('wed-bus', 'bart'));
    assert.equal(await page.locator(chip('wed-bus', 'anna')).count(), 0);
  });

  test('goes about the grid by keyboard with one tab stop', async () => {
    assert.equal(await page.locator('#board [data-stop][tabindex="0"]').count(), 1);
    await page.focus('#board [data-stop][tabindex="0"]');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Home');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'rowheader');
    assert.equal(await page.locator('#board [data-stop][tabindex="0"]').count(), 1);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.panel');
  });

  test('lifts and puts back by Escape', async () => {
    await page.focus(chip('mon', 'anna'));
    await page.keyboard.press('m');
    await page.waitForSelector('.has-lift');
    await page.keyboard.press('Escape');
    await until('nothing is lifted', async () => (await page.locator('.has-lift').count()) === 0);
    await page.waitForSelector(chip('mon', 'anna'));
  });

  test('keeps the filter in the address', async () => {
    await page.getByRole('searchbox').fill('anna');
    await until('one row is left', async () => (await page.locator('.worker-row').count()) === 1);
    assert.match(page.url(), /find=anna/);
    await page.reload();
    await page.waitForSelector('.board');
    assert.equal(await page.locator('.worker-row').count(), 1);
    await button(page, 'By cooperative').click();
    await page.waitForSelector('.coop-row');
  });

  test('publishes with a difference person by person', async () => {
    await button(page, 'Publish…').click();
    const dialog = page.getByRole('dialog');
    assert.match(await dialog.textContent(), /This becomes revision 1/);
    await dialog.getByRole('button', { name: /^Publish for/ }).click();
    await until('it is published', async () => /published, revision 1/.test(await page.locator('.pill').textContent()));
    const feeds = pool.rooster('export', 'roster', '--week', WEEK, '--published');
    assert.match(feeds, /mon,anna/);
  });

  test('sees that another planner was first', async () => {
    const other = await signedIn(pool);
    await other.waitForURL(/\/plan\//);
    await other.goto(`${pool.origin}/plan/${WEEK}`);
    await other.waitForSelector(chip('mon', 'cem'));
    // What the page reads of the week comes late, so that it acts on what it saw before, as on a slow line.
    const reads = /\/api\/v1\/weeks\/[^/]+$/;
    await page.route(reads, () => {});
    await other.focus(chip('mon', 'cem'));
    await other.keyboard.press('Delete');
    await until('the other moved', async () => /Done/.test(await told(other)));
    await page.focus(chip('fri', 'anna'));
    await page.keyboard.press('Delete');
    await until('the conflict is told', async () => /just before you/.test(await told(page)));
    await page.unroute(reads);
    await until('it sees what the other did', async () => (await page.locator(chip('mon', 'cem')).count()) === 0);
    await page.waitForSelector(chip('fri', 'anna'));
    assert.deepEqual(other.faults, []);
    await other.context().close();
  });

  test('is offline when the service is killed, and back with it', async () => {
    const { port } = pool;
    await pool.kill();
    await page.getByText('No connection').waitFor();
    await pool.serve(port);
    await until('the banner is gone', async () => (await page.getByText('No connection').count()) === 0);
    await page.waitForSelector(chip('mon', 'anna'));
    page.faults.length = 0;
  });

  test('speaks three languages, one from the right', async () => {
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
    await until('the page runs from the right', async () => (await page.evaluate(() => document.documentElement.dir)) === 'rtl');
    const text = await page.locator(chip('mon', 'anna')).textContent();
    assert.ok(text.startsWith('\u2066') && text.endsWith('\u2069'), 'a time stands isolated');
    await page.getByRole('combobox', { name: 'اللغة' }).selectOption('nl');
    await button(page, 'Publiceren…').waitFor();
  });

  test('is told in its language why not', async () => {
    const languages = [['nl', /: (heeft .* niet op|niet beschikbaar van)/], ['ar', /: (لا يحمل|غير متاح)/]];
    for (const [language, reason] of languages) {
      await page.goto(`${pool.origin}/plan/${WEEK}?lang=${language}`);
      await page.locator(chip('wed-bus', 'bart')).focus();
      await page.keyboard.press('m');
      await until('the board knows who can', async () => (await page.locator('.worker-row.is-blocked').count()) > 0);
      await page.locator(`${row('anna')} .name`).focus();
      await until(`the reason is told, ${language}`, async () => reason.test((await page.locator('#said-now').textContent()).replace(/[\u2066-\u2069]/g, '')));
      await page.keyboard.press('Enter');
      await until('it is refused', async () => reason.test((await told(page)).replace(/[\u2066-\u2069]/g, '')));
      assert.doesNotMatch(await told(page), /not held|unavailable/);
    }
    await page.goto(`${pool.origin}/plan/${WEEK}?lang=en`);
    await page.waitForSelector(chip('mon', 'anna'));
  });

  test('is told in its language what is wrong with what was sent', async () => {
    const wrongs = [
      ['POST', '/coops/green/spikes', { start: '2026-12-03T08:60', end: '2026-12-03T12:00' }, '2026-12-03T08:60 is geen tijd in hele minuten zoals 2026-11-30T08:00', "'2026-12-03T08:60' is not a time in whole minutes like 2026-11-30T08:00"],
      ['POST', '/coops/green/spikes', { headcount: 10001 }, 'aantal mensen: geen heel getal van 0 tot en met 10000', 'people: not a whole number from 0 to 10000'],
      ['POST', '/shifts/mon/offers', {}, 'medewerkers: ontbreekt', 'workers: missing; it is'],
      ['POST', `/weeks/${WEEK}/moves`, { steps: [{ kind: 'pin', shift: 'mon' }] }, 'medewerker (1): ontbreekt', 'worker (1): missing; it is'],
      ['POST', `/weeks/${WEEK}/publish`, { wokers: [] }, '/wokers: onbekend', '/wokers: unknown; did you mean workers?'],
      ['PUT', '/workers/anna/availability', { from: '2026-12-04T00:00', until: '2026-12-03T00:00', windows: [] }, 'het einde ligt niet na het begin', '/until: not after /from'],
    ];
    for (const [language, at] of [['nl', 3], ['en', 4]]) {
      await page.goto(`${pool.origin}/plan/${WEEK}?lang=${language}`);
      await page.waitForSelector(chip('mon', 'anna'));
      for (const wrong of wrongs) {
        const text = await page.evaluate(async ([method, path, body]) => {
          const lib = (name) => import(new URL(`../../lib/${name}.mjs`, document.querySelector('script[type=module]').src));
          const [api, { causeText }] = [await lib('api'), await lib('reasons')];
          return api[method.toLowerCase()](path, body).then(() => 'it was taken', causeText);
        }, wrong);
        const plain = text.replace(/[\u2066-\u2069]/g, '');
        assert.ok(plain.startsWith(wrong[at]), `${plain} is not ${wrong[at]}`);
      }
    }
  });

  test('sees a spike arrive in the inbox and answers it', async () => {
    pool.rooster('publish', '--week', WEEK);
    await button(page, 'Inbox').click();
    await page.getByText('Nothing waits for you.').waitFor();
    const { secret } = JSON.parse(pool.rooster('token', 'create', '--role', 'coop', '--coop', 'green', '--format', 'json'));
    const asked = await fetch(`${pool.origin}/api/v1/coops/green/spikes`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ start: '2026-12-03T08:00', end: '2026-12-03T12:00', role: 'mowing' }),
    });
    assert.ok(asked.ok, await asked.text());
    await page.getByRole('cell', { name: 'Spike' }).waitFor();
    assert.match(await page.locator('.cases tbody tr').first().textContent(), /24 Nov 2026\D* \D*09:0\d/, 'in the pool’s time, wherever the browser is');
    await button(page, 'Accept').click();
    await until('it is answered', async () => (await page.getByText('waiting', { exact: true }).count()) === 0);
    await button(page, 'Board').click();
    await page.locator('.board-rows .chip', { hasText: '08–12' }).first().waitFor();
  });

  test('ends a session somewhere else', async () => {
    const sessions = () => page.evaluate(() => fetch('/api/v1/tokens').then((answer) => answer.json()).then((body) => body.tokens.filter((token) => token.use === 'session').map((token) => token.token)));
    const [own] = await sessions();
    const other = await signedIn(pool);
    await other.waitForURL(/\/plan\//);
    await other.waitForSelector('.board, .card');
    const theirs = (await sessions()).find((token) => token !== own);
    await button(page, 'Inbox').click();
    await page.click(`[data-token="${theirs}"]`);
    await until('it is gone from the list', async () => (await page.locator(`[data-token="${theirs}"]`).count()) === 0);
    await until('the other is shut out', async () => (await other.evaluate(() => fetch('/api/v1/me').then((answer) => answer.status)).catch(() => 0)) === 401);
    await other.context().close();
  });

  test('prints a real table', async () => {
    await page.goto(`${pool.origin}/print/${WEEK}`);
    await page.waitForSelector('.print-table');
    assert.ok((await page.locator('.print-table thead th').count()) === 9);
    const pdf = await page.pdf();
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  });

  test('publishes for one worker, and the rest stays a draft', async () => {
    const published = () => pool.rooster('export', 'roster', '--week', WEEK, '--published').split('\n');
    pool.rooster('publish', '--week', WEEK); // what the tests before left as a draft
    await page.goto(`${pool.origin}/plan/${WEEK}?lang=en`);
    await page.waitForSelector('.worker-row .chip');
    const chips = await page.locator('.worker-row .chip:not(.is-pinned)').evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
    const first = chips[0];
    const other = chips.find(({ worker }) => worker !== first.worker);
    for (const { shift, worker } of [first, other]) {
      await page.focus(chip(shift, worker));
      await page.keyboard.press('Delete');
      await page.waitForSelector(chip(shift, worker), { state: 'detached' });
      await until('it is off', async () => /Done/.test(await told(page)));
    }
    await button(page, 'Publish…').click();
    const dialog = page.locator('dialog');
    await dialog.getByRole('checkbox').first().waitFor();
    const names = await dialog.getByRole('checkbox').count();
    assert.equal(names, 2);
    const name = (await page.locator(`${row(other.worker)} .name`).textContent()).split(' ')[0];
    await dialog.getByRole('checkbox', { name: new RegExp(`^Publish: .*${name}`) }).uncheck();
    await dialog.getByRole('button', { name: 'Publish for 1 worker', exact: true }).click();
    await until('a part is published', async () => /One change stays a draft/.test(await told(page)));
    assert.ok(!published().some((line) => line.startsWith(`${first.shift},${first.worker},`)));
    assert.ok(published().some((line) => line.startsWith(`${other.shift},${other.worker},`)));
    await page.waitForSelector(chip(other.shift, other.worker), { state: 'detached' });
  });

  test('takes the last publishing back, and is refused where that can no longer be', async () => {
    const published = () => pool.rooster('export', 'roster', '--week', WEEK, '--published');
    pool.rooster('publish', '--week', WEEK);
    const before = published();
    await page.getByText('published, revision 1').waitFor();
    assert.equal(await button(page, 'Take back…').count(), 0, 'there is nothing before it');
    pool.rooster('unassign', '--shift', 'fri', '--worker', 'anna');
    pool.rooster('assign', '--shift', 'fri', '--worker', 'bart');
    pool.rooster('publish', '--week', WEEK);
    await page.getByText('published, revision 2').waitFor();
    await page.waitForSelector(chip('fri', 'bart'));
    await button(page, 'Take back…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The roster of revision 1 holds again, as revision 3. It changes the weeks of 2 people.').waitFor();
    assert.match(await dialog.textContent(), /Take revision 2 of week .*2026-W49.* back/);
    assert.deepEqual((await dialog.locator('.diff > li').allTextContents()).map((text) => text.match(/[+−]\d/)[0]).sort(), ['+1', '−1']);
    await dialog.getByRole('button', { name: 'Take back', exact: true }).click();
    await until('it is taken back', async () => /published, revision 3/.test(await page.locator('.pill').textContent()));
    await page.waitForSelector(chip('fri', 'anna'));
    assert.equal(published(), before);
    pool.rooster('absent', '--worker', 'bart', '--from', '2026-12-04T00:00', '--until', '2026-12-05T00:00', '--accept', '--seconds', '2');
    await page.goto(`${pool.origin}/plan/${WEEK}?lang=nl`);
    await page.waitForSelector(chip('fri', 'anna'));
    await button(page, 'Terugnemen…').click();
    await until('the rule is told', async () => /afwezig|niet beschikbaar/.test(await told(page)));
    assert.equal(published(), before);
  });

  test('asks workers for a shift that is short, and sees what was done with it', async () => {
    pool.rooster('publish', '--week', WEEK);
    await page.getByText('published, revision 1').waitFor();
    const short = await page.evaluate(async () => {
      for (const { dataset } of document.querySelectorAll('.open-row [data-shift]')) {
        const { candidates } = await (await fetch(`/api/v1/shifts/${dataset.shift}/candidates`)).json();
        if (candidates.some((candidate) => candidate.can)) return dataset.shift;
      }
      return null;
    });
    assert.ok(short, 'somebody can take something');
    await page.locator(`.open-row [data-shift="${short}"]`).click();
    await button(page, 'Ask workers…').click();
    await page.locator('dialog').getByRole('button', { name: /^Ask \d+ worker/ }).click();
    await until('they are asked', async () => /asked\.$/.test((await told(page)).replace('✕', '').trim()));
    await page.locator('.panel').getByText(/^Asked: /).waitFor();
    const { secret } = JSON.parse(pool.rooster('token', 'create', '--role', 'planner', '--format', 'json'));
    const { offers } = await (await fetch(`${pool.origin}/api/v1/offers`, { headers: { Authorization: `Bearer ${secret}` } })).json();
    assert.ok(offers.length > 0);
    await button(page, 'Show it').click();
    await page.locator('.panel li', { hasText: /Offer .*: waiting/ }).first().waitFor();
  });
});
