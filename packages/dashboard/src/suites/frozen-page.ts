/** The built page at one frozen moment, in the page's own clock and in its worker's: what a picture of it may be taken of. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { WALK } from './eyes-and-hands.ts';
import { EARS, settled } from './settled.ts';

interface Frozen {
  readonly at: string;
  readonly theme: string;
  readonly options: BrowserContextOptions;
}

export async function frozenPage(browser: Browser, { at, theme, options }: Frozen): Promise<Page> {
  const context = await browser.newContext({
    timezoneId: 'UTC',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...options,
  });
  await context.route(/\/worker-[\w-]{8}\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `Date.now = () => ${Date.parse(at)};\n${await response.text()}` });
  });
  await context.addInitScript((chosen) => localStorage.setItem('gityard-theme', chosen), theme);
  // The compiler of scripts gives names to functions with a helper that the page has not.
  await context.addInitScript('globalThis.__name = (it) => it');
  await context.addInitScript(`${WALK};${EARS}`);
  const page = await context.newPage();
  await page.clock.setFixedTime(at);
  return page;
}

export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await settled(page);
}

/** As if the screen were as high as the page: what is drawn only in sight is then drawn whole. */
export async function wholePicture(page: Page, path: string): Promise<void> {
  const screen = page.viewportSize();
  if (!screen) throw new Error('a page that is pictured has a size');
  for (let turn = 0; turn < MOST_GROWTHS && (await heightOf(page)) > (page.viewportSize()?.height ?? 0); turn++) {
    await page.setViewportSize({ ...screen, height: await heightOf(page) });
    await settled(page);
  }
  await page.screenshot({ path });
  await page.setViewportSize(screen);
}

/** What is as high as the screen would never have enough. */
const MOST_GROWTHS = 3;
const heightOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight);
