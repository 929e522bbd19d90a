import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ADDRESSES } from './addresses.ts';
import { brokenInLooks, brokenRules, type Look, loadAxe, THEMES, wear } from './axe.ts';
import { lostShapes, moving, noteShapes, smallTargets } from './eyes-and-hands.ts';
import { settled } from './settled.ts';
import { sharedWorld } from './shared-world.ts';
import { type Visit, visit } from './visit.ts';

const NOW = new Date().toISOString();
const world = sharedWorld(NOW);

const WIDE = { width: 1280, height: 900 };
const ZOOMED = { width: 640, height: 400 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 700 };
const OWN_COLOURS: Look = { name: 'own colours', theme: 'light', media: { forcedColors: 'active' } };
const strong = (colorScheme: 'light' | 'dark'): Look => ({
  ...{ name: colorScheme, theme: 'auto' },
  media: { colorScheme, contrast: 'more' },
});

describe('every page', () => {
  it('breaks no rule of WCAG 2.2 AA in any theme, nor in colours of the person’s own', async () => {
    const { broken, errors } = await onAWideScreen();

    expect(broken).toEqual([]);
    expect(errors.filter((error) => !ABSENT.test(error))).toEqual([]);
  }, 600_000);

  it.each(['light', 'dark'] as const)(
    'has a contrast of 7 to 1 where somebody wishes for more, in %s',
    async (scheme) => {
      const { weak } = await onAWideScreen();

      expect(weak.filter((line) => line.includes(` ${scheme} `))).toEqual([]);
    },
    600_000,
  );

  it('keeps what it shows by shapes in colours of the person’s own', async () => {
    const { lost, shapes } = await onAWideScreen();

    expect(lost).toEqual([]);
    expect(shapes).toBeGreaterThan(20);
  }, 600_000);

  it('stands still for those whom movement makes ill', async () => {
    expect((await onAWideScreen()).moving).toEqual([]);
  }, 600_000);

  it('fits, and leaves room for what it is about: at twice its size', async () => {
    expect((await onAWideScreen()).tooLarge).toEqual([]);
  }, 600_000);

  it('fits, and leaves room for what it is about: on a screen of 320 pixels', async () => {
    expect((await onAPhone()).tooLarge).toEqual([]);
  }, 600_000);

  it('can be touched: each target on a phone is 44 pixels large, but for words within a sentence', async () => {
    expect((await onAPhone()).small).toEqual([]);
  }, 600_000);
});

/** The browser tells of every file that is not there, which here says nothing. */
const ABSENT = /Failed to load resource.* 404/;

/** Each page is drawn once and then looked at in every way; a case tells of one of them. */
const onAWideScreen = once(async () => {
  const options = { viewport: WIDE, reducedMotion: 'no-preference' } as const;
  const it = await visit(world.browser, { url: world.yard.url, options });
  const { page } = it;
  await loadAxe(page);
  const screen = await it.context.newCDPSession(page);
  const zoom = (size: typeof WIDE, deviceScaleFactor: number) =>
    screen.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor, mobile: false });
  const found = { broken: [], weak: [], lost: [], moving: [], tooLarge: [] } as Record<Kind, string[]>;
  type Kind = 'broken' | 'weak' | 'lost' | 'moving' | 'tooLarge';
  let shapes = 0;

  await onEachPage(it, async (note) => {
    shapes += await page.evaluate(noteShapes);
    note(found.broken, await brokenInLooks(page, [...THEMES, OWN_COLOURS]));
    note(found.lost, await page.evaluate(lostShapes));
    for (const look of [strong('light'), strong('dark')]) {
      await wear(page, look);
      const weak = await brokenRules(page, ['color-contrast', 'color-contrast-enhanced']);
      note(
        found.weak,
        weak.map((rule) => `${look.name} ${rule}`),
      );
    }
    await page.emulateMedia({ reducedMotion: 'reduce' });
    note(found.moving, await page.evaluate(moving));
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await zoom(ZOOMED, 2);
    note(found.tooLarge, await tooLarge(page, ZOOMED));
    await zoom(WIDE, 1);
    await wear(page, THEMES[0] as Look);
  });
  return { ...found, shapes, errors: it.trouble.errors };
});

const onAPhone = once(async () => {
  const options = { viewport: NARROW, isMobile: true, hasTouch: true } as const;
  const it = await visit(world.browser, { url: world.yard.url, options });
  const { page } = it;
  const [large, small]: [string[], string[]] = [[], []];

  await onEachPage(it, async (note) => {
    note(large, await tooLarge(page, NARROW));
    await page.setViewportSize(PHONE);
    await settled(page);
    note(small, await page.evaluate(smallTargets));
    await page.setViewportSize(NARROW);
  });
  return { tooLarge: large, small };
});

type Note = (to: string[], found: readonly string[]) => void;

/** What is noted has the address of its page before it. */
async function onEachPage(it: Visit, look: (note: Note) => Promise<void>): Promise<void> {
  for (const address of ADDRESSES) {
    await it.go(address);
    await look((to, found) => void to.push(...found.map((what) => `${address} ${what}`)));
  }
}

/** Wider than the screen, or with more than half of it under what stands still. */
async function tooLarge(page: Page, { width, height }: typeof WIDE): Promise<string[]> {
  await settled(page);
  const [wide, stuck] = await page.evaluate(() => {
    const heightOf = (name: string) =>
      document.querySelector('app-shell')?.shadowRoot?.querySelector(name)?.getBoundingClientRect().height ?? 0;
    return [document.documentElement.scrollWidth, heightOf('header') + heightOf('.bottom')] as const;
  });
  return [...(wide > width ? [`is ${wide} wide`] : []), ...(stuck > height / 2 ? [`is covered by ${stuck}`] : [])];
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
