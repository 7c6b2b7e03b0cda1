// What every browser test has: a pool of its own, the real service on a free port of loopback, a signed-in Chromium, and an
// eye on three promises: the policy reports nothing, no request leaves the machine, no script fails.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const rooster = path.resolve(process.env.ROOSTER || path.join(source, 'build/dev/rooster'));
const NOW = '2026-11-24T09:00';
export const TINY = path.join(source, 'tests/e2e/data/tiny');
export const EXAMPLE = path.join(source, 'examples/nieuw-west');
const SKIPPED = 77;
// What must come is given the time that a busy machine may need: trials of two weeks alone took 25 s at a load of 12.
const PATIENCE_S = 120;

function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chromium-headless-shell'];
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
  const paths = [process.env.ROOSTER_CHROMIUM, ...names.flatMap((name) => folders.map((folder) => path.join(folder, name)))];
  return paths.find((candidate) => candidate && existsSync(candidate));
}

async function findPlaywright() {
  try {
    return await import('playwright-core');
  } catch {
    return null;
  }
}

const executablePath = findBrowser();
const playwright = await findPlaywright();
if (!executablePath || !playwright) {
  console.log(`skipped: ${executablePath ? 'no playwright-core (npm ci in tests/browser)' : 'no Chromium (apt-get install chromium-headless-shell, or ROOSTER_CHROMIUM)'}`);
  process.exit(SKIPPED);
}

export class Pool {
  constructor(folder) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'rooster-browser-'));
    this.db = path.join(this.folder, 'rooster.db');
    this.rooster('init');
    if (folder) this.rooster('import', folder);
  }

  rooster(...options) {
    return execFileSync(rooster, ['--db', this.db, '--now', NOW, ...options], { encoding: 'utf8', cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  link(...owner) {
    return JSON.parse(this.rooster('token', 'create', '--link', '--format', 'json', '--role', ...owner)).secret;
  }

  async serve(port = 0) {
    this.process = spawn(rooster, ['--db', this.db, '--now', NOW, 'serve', '--listen', `127.0.0.1:${port}`], { cwd: this.folder, stdio: ['ignore', 'pipe', 'inherit'] });
    this.port = await new Promise((resolve, reject) => {
      this.process.stdout.on('data', (text) => {
        const found = /port (\d+)/.exec(text);
        if (found) resolve(Number(found[1]));
      });
      this.process.on('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    });
    this.origin = `http://127.0.0.1:${this.port}`;
  }

  async kill(signal = 'SIGKILL') {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.removeAllListeners('exit');
    this.process.once('exit', () => {});
    const again = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill(signal);
    await Promise.race([ended, again]);
  }

  async end() {
    await this.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let browser = null;
export async function closeBrowser() {
  await browser?.close();
  browser = null;
}

// A page in a context of its own; page.faults gathers what must not happen.
export async function emptyPage(pool, options = {}) {
  browser ??= await playwright.chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  context.setDefaultTimeout(PATIENCE_S * 1000);
  const faults = [];
  const page = await context.newPage();
  watch(page, pool, faults);
  page.faults = faults;
  return page;
}

// One that is signed in.
export async function signedIn(pool, owner = ['planner'], options = {}) {
  const page = await emptyPage(pool, options);
  await page.goto(`${pool.origin}/?lang=en#${pool.link(...owner)}`);
  return page;
}

export function watch(page, pool, faults) {
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) faults.push(`policy: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(pool.origin) && !request.url().startsWith('data:')) faults.push(`left the machine: ${request.url()}`);
  });
}

// Until `look` gives something true; a failure tells what was looked for.
export async function until(what, look, seconds = PATIENCE_S) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const got = await look();
    if (got) return got;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
