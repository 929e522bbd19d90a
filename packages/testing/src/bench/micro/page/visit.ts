/** One visit of a page, measured in it: until its data are painted, what a second costs, how long a key takes, how large it is. */
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import type { ServedPage } from './page-server.ts';

const TICKS = 4;
const LOOK_EVERY_MS = 50;
const READY_MS = 500;
const PAINTED = 'painted after ms: ';

export interface Visit {
  readonly paintMs: number;
  /** All that its thread does in a second: script, and laying out and painting what that changed. */
  readonly tickMs: number;
  readonly searchMs: number;
  readonly elements: number;
  /** Of the page itself, after its garbage is collected. */
  readonly heapMB: number;
  /** Sum of what moved, as a share of the window: 0 = nothing did. */
  readonly shift: number;
  readonly longTasks: number;
}

export interface Visited {
  readonly url: string;
  /** 4: at a quarter of this machine's speed. */
  readonly slower: number;
  /** How one comes to the field of the search. */
  readonly toSearch: string;
}

export async function measureVisit(browser: Browser, { url, slower, toSearch }: Visited): Promise<Visit> {
  const context = await browser.newContext();
  const { page, session } = await open(context, slower);
  try {
    const painted = paintedMs(page);
    await page.goto(url);
    const paintMs = await painted;
    await page.waitForTimeout(1_500);
    const before = await metric(session, 'TaskDuration');
    await page.waitForTimeout(TICKS * 1_000);
    const tickMs = ((await metric(session, 'TaskDuration')) - before) * (1_000 / TICKS);
    await session.send('HeapProfiler.collectGarbage');
    const heapMB = (await metric(session, 'JSHeapUsedSize')) / 2 ** 20;
    const { shift, longTasks } = await page.evaluate(noted);
    const elements = await page.evaluate(countElements);
    return { paintMs, tickMs, heapMB, shift, longTasks, elements, searchMs: await searchMs(page, toSearch) };
  } finally {
    await context.close();
  }
}

/** What was seen last is painted although nobody answers any more. */
export async function measureOffline(
  browser: Browser,
  { served, slower }: { readonly served: ServedPage; readonly slower: number },
): Promise<number> {
  const context = await browser.newContext();
  try {
    const first = await open(context, 1);
    await Promise.all([paintedMs(first.page), first.page.goto(served.url)]);
    await isKept(first.page);
    await first.page.close();
    served.goAway();
    const { page } = await open(context, slower);
    const [paintMs] = await Promise.all([paintedMs(page), page.goto(served.url)]);
    return paintMs;
  } finally {
    served.comeBack();
    await context.close();
  }
}

async function open(context: BrowserContext, slower: number): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await session.send('Performance.enable');
  await page.addInitScript(note, PAINTED);
  // The browser keeps a process ready for the next page, and makes it when it has time: nobody clicks within that half a second.
  await page.waitForTimeout(READY_MS);
  return { page, session };
}

/** The page says it by itself: a question to it would be read and answered by the thread that is measured. */
async function paintedMs(page: Page): Promise<number> {
  const said = await page.waitForEvent('console', (it) => it.text().startsWith(PAINTED));
  return Number(said.text().slice(PAINTED.length));
}

async function isKept(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => {
      const name = (await caches.keys()).find((it) => it.startsWith('gityard-notes'));
      const kept = name === undefined ? undefined : (await (await caches.open(name)).matchAll())[0];
      return kept !== undefined && ((await kept.json()) as { good: string | null }).good !== null;
    },
    undefined,
    { polling: LOOK_EVERY_MS },
  );
}

async function metric(session: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

async function searchMs(page: Page, toSearch: string): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { searchTimes: times });
    const heard = (): void => {
      const from = performance.now();
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from)));
    };
    addEventListener('input', heard, { capture: true });
  });
  await page.keyboard.press(toSearch);
  await page.waitForTimeout(500);
  for (const [at, key] of [...'build'].entries()) {
    await page.keyboard.type(key);
    await page.waitForFunction((count) => (window as unknown as Noted).searchTimes.length > count, at);
  }
  return Math.max(...(await page.evaluate(() => (window as unknown as Noted).searchTimes)));
}

/** What is written down in the page. */
interface Noted {
  readonly searchTimes: readonly number[];
  readonly shift: number;
  readonly longTasks: number;
}

/** These run in the page. */
function note(painted: string): void {
  const seen = { shift: 0, longTasks: 0 };
  Object.assign(window, seen);
  const on = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on('layout-shift', (entry) => {
    seen.shift += (entry as PerformanceEntry & { value: number }).value;
    Object.assign(window, seen);
  });
  on('longtask', () => {
    seen.longTasks += 1;
    Object.assign(window, seen);
  });
  const isThere = () =>
    document.querySelector('app-shell')?.shadowRoot?.querySelector('overview-page')?.shadowRoot?.querySelector('h1') ??
    document.querySelector('main > h1');
  // What a frame has drawn is seen when the next task after it begins.
  const look = (): void =>
    isThere() ? void setTimeout(() => console.debug(painted + performance.now())) : void requestAnimationFrame(look);
  requestAnimationFrame(look);
}

function noted(): Pick<Noted, 'shift' | 'longTasks'> {
  const { shift, longTasks } = window as unknown as Noted;
  return { shift, longTasks };
}

function countElements(): number {
  const count = (root: ParentNode): number => {
    let sum = 0;
    for (const element of root.querySelectorAll('*')) sum += 1 + (element.shadowRoot ? count(element.shadowRoot) : 0);
    return sum;
  };
  return count(document);
}
