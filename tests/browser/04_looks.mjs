// Nothing is wider than its screen, nothing is cut off, and a finger finds what it looks for: every scene, at every width, left to
// right and right to left. What a test measures, a person has looked at before (gallery.mjs).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { faultsOf } from './looks.mjs';
import { pools, scenes, show, sizes } from './scenes.mjs';
import { closeBrowser } from './support.mjs';

const LOOKS = [{ colorScheme: 'light', language: 'nl' }, { colorScheme: 'dark', language: 'ar' }];
// The large pool and a running search say nothing of measures that the others do not, and take long.
const isMeasured = (scene, kind) => scene.pool === kind && kind !== 'many';

// The faults of a scene at the widths that are touched, or those that are not.
async function faultsAt(pool, scene, isTouch, look) {
  const widths = Object.entries(sizes).filter(([, size]) => size.isTouch === isTouch);
  const page = await show(pool, scene, isTouch, look, widths[0][1].viewport);
  const faults = [...page.faults];
  for (const [width, { viewport }] of widths) {
    await page.setViewportSize(viewport);
    const found = await page.evaluate(faultsOf, { isTouch });
    faults.push(...found.map((fault) => `${width} px: ${fault}`));
  }
  await page.context().close();
  return faults;
}

const TABS = 40;
// What has the focus without a ring of two pixels at least.
const ringless = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return '';
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? element.outerHTML.slice(0, 120) : '';
};

for (const kind of ['week', 'five', 'tiny'])
  describe(`looks, ${kind}`, { concurrency: false }, () => {
    let pool;
    before(async () => {
      pool = await pools[kind]();
    });
    after(async () => {
      await closeBrowser();
      await pool?.end();
    });
    for (const [name, scene] of Object.entries(scenes).filter(([, one]) => isMeasured(one, kind)))
      for (const look of LOOKS)
        test(`${name}, ${look.language}`, async () => {
          const faults = [...(await faultsAt(pool, scene, true, look)), ...(await faultsAt(pool, scene, false, look))];
          assert.deepEqual(faults, []);
        });
    if (kind !== 'tiny') return;
    for (const name of ['me-empty', 'me-empty-hours', 'coop-empty', 'board-tiny', 'inbox-tiny'])
      test(`${name}: whoever goes by keyboard sees where they are`, async () => {
        const page = await show(pool, scenes[name], false, LOOKS[0], sizes[1280].viewport);
        const faults = [];
        for (let at = 0; at < TABS; at++) {
          await page.keyboard.press('Tab');
          faults.push(await page.evaluate(ringless));
        }
        await page.context().close();
        assert.deepEqual(faults.filter(Boolean), []);
      });
    test('nothing moves for whoever wants no motion', async () => {
      const moving = async (reducedMotion) => {
        const page = await show(pool, { ...scenes['board-loading'], pool: 'tiny' }, false, { ...LOOKS[0], reducedMotion }, sizes[1280].viewport);
        const count = await page.evaluate(() => document.getAnimations().length);
        await page.context().close();
        return count;
      };
      assert.ok((await moving('no-preference')) > 0, 'what loads is seen to load');
      assert.equal(await moving('reduce'), 0);
    });
  });
