/**
 * Pictures of the page at one frozen moment, for the eye; nothing compares them.
 *
 *     npm run screenshots -- <folder>    every page on a desk and on a phone, light and dark, with what lies over it,
 *                                        and the states of a source in trouble
 *     npm run screenshots -- <folder> jobs  only those whose name begins so
 *     npm run screenshots -- --readme    the two pictures of the README, where they lie
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardOnGithub } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { frozenPage, goTo, wholePicture } from './frozen-page.ts';
import { settled } from './settled.ts';
import { type PageState, STATES } from './states.ts';

const NOON = '2026-03-01T14:16:00.000Z';
const CLOCK = { now: () => Date.parse(NOON) };
const README_FOLDER = fileURLToPath(new URL('../../../../.github/screenshots', import.meta.url));

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true },
} as const;
type Screen = keyof typeof SCREENS;
const SCREEN_NAMES = Object.keys(SCREENS) as readonly Screen[];
const THEMES = ['light', 'dark'] as const;

/** The past is read file by file. */
const SLOW_MS = 120_000;

/** What lies over the overview, by what opens it. */
const OVER: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  palette: async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('combobox').fill('build');
  },
  help: (page) => page.keyboard.press('?'),
  travel: async (page) => {
    await page.keyboard.press('[');
    await page
      .getByText(/^As of \d{4}|cannot be shown/)
      .first()
      .waitFor({ timeout: SLOW_MS });
  },
  connection: (page) => page.locator('connection-state button').click(),
  export: (page) => press(page, /^(Export|Take a copy)/),
  job: (page) => press(page, /^Add a job/),
};

async function main(asked: string, only: string): Promise<void> {
  const folder = asked === '--readme' ? README_FOLDER : resolve(asked);
  await mkdir(folder, { recursive: true });
  const [browser, pages] = [await launchBrowser(), await builtPages()];
  const shoot = { browser, pages, folder, only };
  try {
    if (asked === '--readme') return await forReadme(shoot);
    const yard = await richYard(shoot);
    for (const screen of SCREEN_NAMES) for (const theme of THEMES) await everyPage(shoot, yard, { screen, theme });
    await yard.close();
    for (const screen of SCREEN_NAMES)
      for (const theme of THEMES) for (const state of STATES) await inState(shoot, state, { screen, theme });
  } finally {
    await browser.close();
  }
}

interface Shoot {
  readonly browser: Browser;
  readonly pages: string;
  readonly folder: string;
  /** What the names of those that are wanted begin with. */
  readonly only: string;
}
interface Look {
  readonly screen: Screen;
  readonly theme: string;
}

async function forReadme(shoot: Shoot): Promise<void> {
  const yard = await richYard(shoot);
  for (const look of [
    { screen: 'desktop', theme: 'light', name: 'overview-light' },
    { screen: 'phone', theme: 'dark', name: 'overview-phone' },
  ] as const) {
    const page = await opened(shoot, yard, look);
    await goTo(page, '#/');
    await page.screenshot({ path: join(shoot.folder, `${look.name}.png`) });
    await page.context().close();
  }
  await yard.close();
}

async function everyPage(shoot: Shoot, yard: YardOnGithub, { screen, theme }: Look): Promise<void> {
  const page = await opened(shoot, yard, { screen, theme });
  const pathOf = (name: string) => join(shoot.folder, `${name}-${screen}-${theme}.png`);
  for (const address of ADDRESSES) {
    const name = address.replace(/^#\//, '').replace(/[^\w-]+/g, '-') || 'overview';
    if (!name.startsWith(shoot.only)) continue;
    await goTo(page, address);
    await wholePicture(page, pathOf(name));
  }
  await goTo(page, '#/');
  for (const [name, open] of Object.entries(OVER)) {
    if (!`over-${name}`.startsWith(shoot.only)) continue;
    await open(page);
    await settled(page);
    await page.screenshot({ path: pathOf(`over-${name}`) });
    await page.keyboard.press('Escape');
    await settled(page);
  }
  await page.context().close();
}

async function inState(shoot: Shoot, state: PageState, { screen, theme }: Look): Promise<void> {
  if (!`state-${state.name}`.startsWith(shoot.only)) return;
  const yard = await richYard(shoot);
  const page = await frozenPage(shoot.browser, { at: NOON, theme, options: SCREENS[screen] });
  const scene = { yard, page, context: page.context(), now: () => NOON };
  await state.before?.(scene);
  await page.goto(yard.url);
  if (state.reach) {
    await page.locator('servers-panel status-dot').first().waitFor();
    await state.reach(scene);
  }
  await page.locator('app-shell').getByText(state.words).first().waitFor();
  await settled(page);
  await wholePicture(page, join(shoot.folder, `state-${state.name}-${screen}-${theme}.png`));
  await page.context().close();
  await yard.close();
}

async function richYard({ pages }: Shoot): Promise<YardOnGithub> {
  const model = sampleYard(NOON);
  const yard = await serveYardOnGithub(pages, { model, ...sampleFiles(model, NOON) }, CLOCK);
  yard.github.rules.limit = 50_000;
  return yard;
}

async function opened({ browser }: Shoot, { url }: YardOnGithub, { screen, theme }: Look): Promise<Page> {
  const page = await frozenPage(browser, { at: NOON, theme, options: SCREENS[screen] });
  await page.goto(url);
  return page;
}

/** On a phone it stands behind the last button of the bar below. */
async function press(page: Page, name: RegExp): Promise<void> {
  const more = page.getByRole('button', { name: 'More', exact: true });
  if (await more.isVisible()) await more.click();
  await page.getByRole('button', { name }).first().click();
}

await main(process.argv[2] ?? 'screenshots', process.argv[3] ?? '');
