import { describe, expect, it } from 'vitest';
import { ADDRESSES } from './addresses.ts';
import { brokenInThemes, brokenRules, loadAxe } from './axe.ts';
import { lostShapes, moving, noteShapes, smallTargets } from './eyes-and-hands.ts';
import { sharedWorld } from './shared-world.ts';
import { visit } from './visit.ts';

const NOW = new Date().toISOString();
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const world = sharedWorld(NOW);

type Visited = Awaited<ReturnType<typeof visit>>;

/** What `look` finds on each page, with its address before it. */
async function onEachPage(it: Visited, look: () => Promise<readonly string[]>): Promise<string[]> {
  const found: string[] = [];
  for (const address of ADDRESSES) {
    await it.go(address);
    found.push(...(await look()).map((what) => `${address} ${what}`));
  }
  return found;
}

describe('every page', () => {
  it('breaks no rule of WCAG 2.2 AA in any theme', async () => {
    const it = await visit(world.browser, { url: world.yard.url });
    await loadAxe(it.page);

    expect(await onEachPage(it, () => brokenInThemes(it.page))).toEqual([]);
    expect(it.trouble.errors.filter((error) => !ABSENT.test(error))).toEqual([]);
  }, 300_000);

  it.each(['light', 'dark'] as const)(
    'has a contrast of 7 to 1 where somebody wishes for more, in %s',
    async (colorScheme) => {
      const it = await visit(world.browser, {
        url: world.yard.url,
        theme: 'auto',
        options: { colorScheme, contrast: 'more' },
      });
      await loadAxe(it.page);

      const weak = await onEachPage(it, () => brokenRules(it.page, ['color-contrast', 'color-contrast-enhanced']));

      expect(weak).toEqual([]);
    },
    300_000,
  );

  it('keeps what it shows by shapes in colours of the person’s own, and breaks no rule in them', async () => {
    const it = await visit(world.browser, { url: world.yard.url });
    await loadAxe(it.page);

    let shapes = 0;
    const lost = await onEachPage(it, async () => {
      await it.page.emulateMedia({ forcedColors: 'none' });
      shapes += await it.page.evaluate(noteShapes);
      await it.page.emulateMedia({ forcedColors: 'active' });
      return [...(await it.page.evaluate(lostShapes)), ...(await brokenRules(it.page))];
    });

    expect(lost).toEqual([]);
    expect(shapes).toBeGreaterThan(20);
  }, 300_000);

  it('stands still for those whom movement makes ill', async () => {
    const it = await visit(world.browser, { url: world.yard.url, options: { reducedMotion: 'reduce' } });

    expect(await onEachPage(it, () => it.page.evaluate(moving))).toEqual([]);
  }, 300_000);

  it.each([
    ['on a screen of 320 pixels', { ...PHONE, viewport: { width: 320, height: 700 } }],
    ['at twice its size', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ])(
    'fits, and leaves room for what it is about: %s',
    async (_, options) => {
      const it = await visit(world.browser, { url: world.yard.url, options });
      const { width, height } = options.viewport;

      const tooLarge = await onEachPage(it, async () => {
        const [wide, stuck] = await it.page.evaluate(() => {
          const heightOf = (name: string) =>
            document.querySelector('app-shell')?.shadowRoot?.querySelector(name)?.getBoundingClientRect().height ?? 0;
          return [document.documentElement.scrollWidth, heightOf('header') + heightOf('.bottom')] as const;
        });
        return [
          ...(wide > width ? [`is ${wide} wide`] : []),
          ...(stuck > height / 2 ? [`is covered by ${stuck}`] : []),
        ];
      });

      expect(tooLarge).toEqual([]);
    },
    300_000,
  );

  it('can be touched: each target on a phone is 44 pixels large, but for words within a sentence', async () => {
    const it = await visit(world.browser, { url: world.yard.url, options: PHONE });

    expect(await onEachPage(it, () => it.page.evaluate(smallTargets))).toEqual([]);
  }, 300_000);
});

/** The browser tells of every file that is not there, which here says nothing. */
const ABSENT = /Failed to load resource.* 404/;
