/**
 * `npm run screenshots -- <folder>`: every page on a desk and on a phone, light and dark, and every state of the
 * first page, at one frozen moment. They are for the eye; nothing compares them.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ReadModel } from '@gityard/domain';
import type { Browser, BrowserContext } from 'playwright-core';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardOnGithub } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { settled } from './settled.ts';
import { type PageState, STATES } from './states.ts';

const NOON = '2026-03-01T14:16:00.000Z';
const CLOCK = { now: () => Date.parse(NOON) };
const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;
const THEMES = ['light', 'dark'] as const;

async function main(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const model: ReadModel = sampleYard(NOON);
  const [browser, pages] = [await launchBrowser(), await builtPages()];
  try {
    for (const [screen, options] of Object.entries(SCREENS)) {
      for (const theme of THEMES) {
        const yard = await serveYardOnGithub(pages, { model, ...sampleFiles(model, NOON) }, CLOCK);
        yard.github.rules.limit = 5_000;
        await shoot(browser, {
          yard,
          options,
          theme,
          addresses: ADDRESSES,
          fileOf: (name) => join(folder, `${name}-${screen}-${theme}.png`),
        });
        await yard.close();
      }
      for (const theme of THEMES)
        for (const state of STATES) await shootState(browser, { pages, state, theme, options, folder, screen });
    }
  } finally {
    await browser.close();
  }
}

interface Shooting {
  readonly yard: YardOnGithub;
  readonly options: object;
  readonly theme: string;
  readonly addresses: readonly string[];
  readonly fileOf: (name: string) => string;
}

interface StateShooting {
  readonly pages: string;
  readonly state: PageState;
  readonly theme: string;
  readonly options: object;
  readonly folder: string;
  readonly screen: string;
}

async function shootState(browser: Browser, it: StateShooting): Promise<void> {
  const { pages, state, theme, options, folder, screen } = it;
  const model = sampleYard(NOON);
  const yard = await serveYardOnGithub(pages, { model, ...sampleFiles(model, NOON) }, CLOCK);
  const context = await frozenContext(browser, { options, theme });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOON);
  const scene = { yard, page, context, now: () => NOON };
  await state.before?.(scene);
  await page.goto(yard.url);
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  if (state.reach) {
    await page.locator('servers-panel status-dot').first().waitFor();
    await state.reach(scene);
  }
  await page.locator('app-shell').getByText(state.words).first().waitFor();
  await settled(page);
  await page.screenshot({ path: join(folder, `state-${state.name}-${screen}-${theme}.png`), fullPage: true });
  await context.close();
  await yard.close();
}

async function frozenContext(
  browser: Browser,
  { options, theme }: Pick<Shooting, 'options' | 'theme'>,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...options,
    timezoneId: 'UTC',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  // The worker has a clock of its own.
  await context.route(/\/worker-[\w-]{8}\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `Date.now = () => ${CLOCK.now()};\n${await response.text()}` });
  });
  await context.addInitScript((chosen) => localStorage.setItem('gityard-theme', chosen), theme);
  // The compiler of scripts gives names to functions with a helper that the page has not.
  await context.addInitScript('globalThis.__name = (it) => it');
  return context;
}

async function shoot(browser: Browser, { yard, options, theme, addresses, fileOf }: Shooting): Promise<void> {
  const context = await frozenContext(browser, { options, theme });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOON);
  await page.goto(yard.url);
  for (const address of addresses) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, address);
    await settled(page);
    const name = address.replace(/^#\//, '').replace(/[^\w-]+/g, '-') || 'overview';
    await page.screenshot({ path: fileOf(name), fullPage: true });
  }
  await context.close();
}

await main(resolve(process.argv[2] ?? 'screenshots'));
