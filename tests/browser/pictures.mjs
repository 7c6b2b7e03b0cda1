// Pictures of the pages from the example week: node tests/browser/pictures.mjs FOLDER. The README shows them.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { closeBrowser, EXAMPLE, Pool, signedIn } from './support.mjs';

const WEEK = '2026-W49';
const folder = process.argv[2];
if (!folder) {
  console.error('usage: pictures.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const pool = new Pool(EXAMPLE);
try {
  pool.rooster('plan', '--week', WEEK, '--seconds', '20', '--gap', '1');
  await pool.serve();
  const page = await signedIn(pool);
  await page.waitForURL(/\/plan\//);
  await page.goto(`${pool.origin}/plan/${WEEK}`);
  await page.click('.open-row [data-shift]');
  await page.waitForSelector('.panel [aria-busy]', { state: 'detached' });
  await page.screenshot({ path: path.join(folder, 'planner.png') });
  const phone = await signedIn(pool, ['worker', '--worker', 'amina'], { viewport: { width: 360, height: 800 }, isMobile: true });
  await phone.waitForSelector('.person');
  await phone.goto(`${pool.origin}/me?lang=en`);
  await phone.waitForSelector('.next');
  await phone.screenshot({ path: path.join(folder, 'worker.png') });
  const desk = await signedIn(pool, ['coop', '--coop', 'groen'], { viewport: { width: 1280, height: 1120 } });
  await desk.waitForSelector('.heat');
  await desk.fill('[name=headcount]', '8');
  await desk.click('form.fields button');
  await desk.waitForSelector('.answer');
  await desk.evaluate(() => scrollTo(0, 0));
  await desk.screenshot({ path: path.join(folder, 'coop.png') });
} finally {
  await closeBrowser();
  await pool.end();
}
