import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub } from '../testing/yard-on-github.ts';
import { brokenInLooks, loadAxe, THEMES } from './axe.ts';
import { settled } from './settled.ts';
import { type PageState, STATES } from './states.ts';
import { openContext } from './visit.ts';

let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

describe('a state of the page', () => {
  it.each(STATES.map((state) => [state.name, state] as const))(
    'is told in its own words, changes nothing that is known of servers, and breaks no rule in any theme: %s',
    async (_, state) => {
      const { page, before } = await reach(state);

      const others = STATES.filter((it) => `${it.words}` !== `${state.words}` && it.name !== 'fresh');
      const said = await textOf(page);
      expect(said).toMatch(state.words);
      expect(others.filter(({ words }) => words.test(said)).map(({ name }) => name)).toEqual([]);
      if (!state.isKnown) expect(await page.locator('servers-panel status-dot').count()).toBe(0);
      else if (!state.isOtherTime && before) expect(await standings(page)).toEqual(before);
      await loadAxe(page);
      expect(await brokenInLooks(page, THEMES)).toEqual([]);
    },
    300_000,
  );
});

/** `before`: how servers stood, where they were seen. */
async function reach(state: PageState): Promise<{ page: Page; before: readonly string[] | undefined }> {
  const now = () => new Date().toISOString();
  const model = sampleYard(now());
  const yard = await serveYardOnGithub(pages, { model, ...sampleFiles(model, now()) });
  onTestFinished(() => yard.close());
  const context = await openContext(browser);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const scene = { yard, page, context, now };
  await state.before?.(scene);
  await page.goto(yard.url);
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  if (!state.reach) {
    await page.locator('app-shell').getByText(state.words).first().waitFor();
    await settled(page, state);
    return { page, before: undefined };
  }
  await page.locator('servers-panel status-dot').first().waitFor();
  const before = await standings(page);
  await state.reach(scene);
  await page.locator('app-shell').getByText(state.words).first().waitFor();
  await settled(page, state);
  expect(before.length).toBeGreaterThan(4);
  return { page, before };
}

/** What the page says of each server. */
const standings = (page: Page): Promise<string[]> => page.locator('servers-panel status-dot').allTextContents();

/** Of all that is drawn, however deep. */
const textOf = (page: Page): Promise<string> =>
  page.evaluate(() =>
    gityardAll()
      .filter((element) => element.tagName !== 'STYLE' && element.checkVisibility())
      .flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
      .map((node) => node.textContent?.trim())
      .join(' '),
  );

declare const gityardAll: () => Element[];
