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
} finally {
  await closeBrowser();
  await pool.end();
}
