/**
 * The built page over 100 servers and 1,000 jobs in Chromium, at this machine's speed and at a quarter of it: until the first
 * panel stands, what a second's tick costs in script, from a key in the search to the frame that shows it, and of how many
 * elements the page is made. Nothing without the built page or without Chromium.
 */
import { existsSync } from 'node:fs';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { type Micro, type MicroResult, summarise } from './micro.ts';
import { BUILT_PAGE, servePage } from './page-server.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const TICKS = 4;
const SLOWER = [1, 4];

export const pageSpeed: Micro = async ({ size }) => {
  if (!existsSync(CHROMIUM) || !existsSync(BUILT_PAGE)) return [];
  const served = await servePage({ servers: 100, jobs: 1_000 });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const results: MicroResult[] = [];
    for (const slower of SLOWER) {
      const runs: Run[] = [];
      for (let turn = 0; turn < (size === 'quick' ? 2 : 5); turn++) {
        const page = await browser.newPage();
        runs.push(await measure(page, { url: served.url, slower }));
        await page.close();
      }
      results.push(...summaries(runs, slower));
    }
    return results;
  } finally {
    await browser.close();
    await served.close();
  }
};

interface Run {
  readonly paintMs: number;
  readonly tickMs: number;
  readonly searchMs: number;
  readonly elements: number;
}

function summaries(runs: readonly Run[], slower: number): MicroResult[] {
  const speed = slower === 1 ? '' : `, at 1/${slower} of the speed`;
  const row = (name: keyof Run, what: string) =>
    summarise(
      { key: `page-${name}-${slower}x`, what: `${what}${speed}` },
      runs.map((it) => it[name]),
    );
  return [
    row('paintMs', 'page: 100 servers and 1,000 jobs, until the first panel stands'),
    row('tickMs', 'page: script of a tick'),
    row('searchMs', 'page: from a key in the search to its frame'),
    ...(slower === 1 ? [row('elements', 'page: elements (no time)')] : []),
  ];
}

async function measure(page: Page, { url, slower }: { readonly url: string; readonly slower: number }): Promise<Run> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await session.send('Performance.enable');
  await page.addInitScript(noteFirstPanel);
  await page.goto(url);
  await page.waitForFunction(() => 'firstPanelMs' in window);
  const paintMs = await page.evaluate(() => (window as unknown as { firstPanelMs: number }).firstPanelMs);
  await page.waitForTimeout(1_500);
  const before = await scriptSeconds(session);
  await page.waitForTimeout(TICKS * 1_000);
  const tickMs = ((await scriptSeconds(session)) - before) * (1_000 / TICKS);
  const elements = await page.evaluate(countElements);
  return { paintMs, tickMs, elements, searchMs: await searchMs(page) };
}

async function scriptSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
}

async function searchMs(page: Page): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { searchTimes: times });
    addEventListener(
      'input',
      () => {
        const from = performance.now();
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from)));
      },
      { capture: true },
    );
  });
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(500);
  for (const key of 'build') {
    await page.keyboard.type(key);
    await page.waitForTimeout(150);
  }
  const times = await page.evaluate(() => (window as unknown as { searchTimes: number[] }).searchTimes);
  return times.length === 0 ? Number.NaN : Math.max(...times);
}

/** Both run in the page. */
function noteFirstPanel(): void {
  const look = (): void => {
    const page = document.querySelector('app-shell')?.shadowRoot?.querySelector('overview-page');
    if (page?.shadowRoot?.querySelector('h1')) Object.assign(window, { firstPanelMs: performance.now() });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function countElements(): number {
  const count = (root: ParentNode): number => {
    let sum = 0;
    for (const element of root.querySelectorAll('*')) sum += 1 + (element.shadowRoot ? count(element.shadowRoot) : 0);
    return sum;
  };
  return count(document);
}
