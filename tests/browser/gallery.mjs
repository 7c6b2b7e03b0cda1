// Pictures of every page in every state, at every size, light and dark, in three languages, and sheets that hold them side by
// side: node tests/browser/gallery.mjs FOLDER [--only PATTERN] [--sizes 360,1280] [--looks light-nl,dark-en,light-ar]
// FOLDER/index.html shows all. What can be measured (looks.mjs) is printed, and kept in FOLDER/faults.txt.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faultsOf } from './looks.mjs';
import { pools, scenes, show, sizes } from './scenes.mjs';
import { closeBrowser, emptyPage } from './support.mjs';

const LONGEST = 3200;
const SHEET_WIDTH = 1560;
const GAP = 12;
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, sizes: { type: 'string', default: '360,760,1280,1920' }, looks: { type: 'string', default: 'light-nl,dark-en,light-ar' } },
});
const [folder] = positionals;
if (!folder) {
  console.error('usage: gallery.mjs FOLDER [--only PATTERN] [--sizes 360,1280] [--looks light-nl,dark-en,light-ar]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const wanted = Object.entries(scenes).filter(([name]) => new RegExp(options.only).test(name));
const widths = options.sizes.split(',').map(Number);
const looks = options.looks.split(',').map((text) => {
  const [colorScheme, language] = text.split('-');
  return { text, colorScheme, language };
});

const pictures = [];
const faults = [];

async function picture(page, name, scene, width, look) {
  const { viewport, isTouch } = sizes[width];
  await page.setViewportSize(viewport);
  // What scrolls inside is given the room, so that all of it is seen.
  if (scene.isLong) {
    const inside = await page.evaluate(() => Math.max(document.documentElement.scrollHeight, (document.querySelector('.body')?.scrollHeight ?? 0) + (document.querySelector('.top')?.offsetHeight ?? 0)));
    await page.setViewportSize({ width, height: Math.min(LONGEST, Math.max(viewport.height, inside)) });
  }
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  const file = `${name}-${width}-${look.text}.png`;
  await page.screenshot({ path: path.join(folder, file), animations: 'disabled' });
  pictures.push({ name, width, look: look.text, file });
  for (const fault of await page.evaluate(faultsOf, { isTouch })) faults.push(`${file}: ${fault}`);
}

async function scenesOf(pool, some) {
  for (const [name, scene] of some)
    for (const look of looks)
      for (const isTouch of [true, false]) {
        const these = widths.filter((width) => sizes[width].isTouch === isTouch);
        if (!these.length) continue;
        let page = null;
        try {
          page = await show(pool, scene, isTouch, look, sizes[these[0]].viewport);
          for (const width of these) await picture(page, name, scene, width, look);
        } catch (error) {
          faults.push(`${name}, ${look.text}, ${isTouch ? 'touched' : 'by mouse'}: ${error.message.split('\n')[0]}`);
        }
        await page?.context().close();
      }
}

// One sheet a scene and width: its looks side by side, as large as they can be read.
async function sheets(pool) {
  const page = await emptyPage(pool);
  const by = new Map();
  for (const one of pictures) by.set(`${one.name}-${one.width}`, [...(by.get(`${one.name}-${one.width}`) ?? []), one]);
  for (const [key, some] of by) {
    const columns = Math.max(1, Math.min(some.length, Math.floor(SHEET_WIDTH / Math.min(some[0].width, SHEET_WIDTH / 2))));
    const each = Math.min(some[0].width, Math.floor((SHEET_WIDTH - GAP * (columns + 1)) / columns));
    const figures = some.map((one) => `<figure><figcaption>${one.file}</figcaption><img src="${one.file}" width="${each}"></figure>`).join('');
    const file = path.resolve(folder, `sheet-${key}.html`);
    writeFileSync(file, `<!doctype html><meta charset="utf-8"><style>body{margin:${GAP}px;background:#888;display:flex;flex-wrap:wrap;gap:${GAP}px;align-items:flex-start}figure{margin:0}figcaption{font:12px sans-serif}img{display:block}</style>${figures}`);
    await page.setViewportSize({ width: columns * each + (columns + 1) * GAP, height: 400 });
    await page.goto(`file://${file}`, { waitUntil: 'load' });
    await page.screenshot({ path: file.replace(/html$/, 'png'), fullPage: true });
  }
  const links = [...by].map(([key, some]) => `<h2>${key}</h2>${some.map((one) => `<a href="${one.file}"><img loading="lazy" src="${one.file}" height="360" alt="${one.file}"></a>`).join(' ')}`);
  writeFileSync(path.join(folder, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Rooster: every page in every state</title>${links.join('\n')}`);
  await page.context().close();
}

try {
  for (const [kind, make] of Object.entries(pools)) {
    const some = wanted.filter(([, scene]) => scene.pool === kind);
    if (!some.length) continue;
    const pool = await make();
    try {
      await scenesOf(pool, some);
      await sheets(pool);
    } finally {
      await pool.end();
    }
  }
} finally {
  await closeBrowser();
}
const text = faults.join('\n');
writeFileSync(path.join(folder, 'faults.txt'), `${text}\n`);
console.log(text);
console.log(`${pictures.length} pictures, ${faults.length} faults: ${path.join(folder, 'index.html')}`);
