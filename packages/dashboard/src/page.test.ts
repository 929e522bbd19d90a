import type { ReadModel } from '@gityard/domain';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  buildPages,
  launchBrowser,
  newContext,
  type ServedYard,
  serveYard,
  watchForTrouble,
} from './testing/real-page.ts';
import { stagesUpTo } from './testing/sample-jobs.ts';
import { sampleYard } from './testing/sample-yard.ts';

let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), buildPages()]);
});
afterAll(async () => {
  await browser?.close();
  await pages?.remove();
});

describe('page', () => {
  it('shows the servers, what runs, what waits and why, without an error or a breach of its policy', async () => {
    const { page, trouble } = await open(sampleYard(now()), { serviceWorkers: 'allow' });

    await sees(page, 'servers-panel', 'mac-mini');
    await sees(page, 'servers-panel', 'Silent');
    await sees(page, 'running-panel', '312 of 480 tests, 2 skipped');
    await sees(page, 'waiting-panel', 'No server has the labels arm64 and macos');
    await sees(page, 'failed-panel', 'cannot find symbol');
    await sees(page, 'needs-you-panel', 'gives no sign of life since');
    await sees(page, 'connection-state', 'Live');
    await expect.poll(() => page.title()).toBe('(2!) acme – Gityard');
    expect(trouble.errors).toEqual([]);
  });

  it('moves a job from waiting to running to finished without a reload', async () => {
    const { page, yard } = await open(yardWith(1, { jobs: [mover({ status: 'queued', position: 1 })] }));
    await sees(page, 'waiting-panel', 'mover');
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    const held = mover({
      status: 'running',
      agent: 'build1',
      startedAt: now(),
      stages: stagesUpTo(2),
      progress: 'half way',
    });
    yard.show(yardWith(2, { jobs: [held] }));
    await sees(page, 'running-panel', 'half way');
    await misses(page, 'waiting-panel', 'mover');

    yard.show(
      yardWith(3, {
        finished: [mover({ status: 'failed', exitCode: 3, startedAt: now(), endedAt: now(), reason: 'tests failed' })],
      }),
    );
    await sees(page, 'failed-panel', 'tests failed');
    await sees(page, 'failed-panel', 'exit 3');
    await misses(page, 'running-panel', 'mover');
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  });

  it('says that the connection is lost, keeps what it knew, and recovers by itself', async () => {
    const { page, yard, trouble } = await open(sampleYard(now(), { sequence: 1 }));
    await sees(page, 'connection-state', 'Live');
    expect(trouble.errors).toEqual([]);
    // What tells of trouble comes after the first data.
    await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);

    await yard.goAway();
    await sees(page, 'connection-state', 'Offline');
    await sees(page, 'main', 'You see what was known at');
    await sees(page, 'running-panel', '312 of 480 tests, 2 skipped');

    yard.show(sampleYard(now(), { sequence: 2, yard: 'acme-again' }));
    await yard.comeBack();
    await sees(page, 'connection-state', 'Live');
    await sees(page, 'header', 'acme-again');
  });

  it('moves nothing when the lower panels come, and asks for each file once', async () => {
    for (const width of [1280, 390]) {
      const { page } = await open(sampleYard(now()), { viewport: { width, height: 3000 }, serviceWorkers: 'allow' });
      await sees(page, 'servers-panel', 'mac-mini');
      await sees(page, 'since-panel', 'first visit');

      expect(await page.evaluate(shiftsSoFar), `at ${width} px`).toEqual([]);
      const files = await page.evaluate(filesAsked);
      expect(files.length).toBeLessThan(20);
      expect(new Set(files).size).toBe(files.length);
    }
  });

  it('lets a server grow silent though no new data come', async () => {
    const [agent] = sampleYard(now()).agents;
    const beat = { ...agent, health: 'fresh', lastBeatAt: ago(301), nextBeatBy: ago(300) };
    const { page } = await open(sampleYard(now(), { agents: [beat] }));

    await sees(page, 'servers-panel', 'Silent');
  });

  it('draws hostile text as text', async () => {
    const evil = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>\u202Eevil';
    const { page, trouble } = await open(hostile(sampleYard(now()), evil));

    await sees(page, 'running-panel', '<img src=x onerror="window.owned=1">');
    await sees(page, 'running-panel', '⟨U+202E⟩evil');
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(trouble.errors).toEqual([]);
  });

  it('fits a phone, a narrow phone and very long words', async () => {
    const long = hostile(sampleYard(now()), 'w'.repeat(100));
    for (const [width, model] of [
      [390, sampleYard(now())],
      [390, long],
      [320, long],
    ] as const) {
      const { page } = await open(model, { viewport: { width, height: 844 } });
      await sees(page, 'waiting-panel', 'Will run');

      expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBeLessThanOrEqual(
        width,
      );
    }
  });

  it('teaches where there is nothing yet', async () => {
    const nothing = { agents: [], jobs: [], finished: [], locks: [], messages: [], needsYou: [], totals: {} };
    const { page } = await open(sampleYard(now(), nothing));

    await sees(page, 'servers-panel', 'gityard agent run');
    await sees(page, 'running-panel', 'gityard job add');
    await sees(page, 'h1', 'Nothing needs you.');
    await sees(page, 'needs-you-panel', 'Nothing. What only a person can mend');
  });

  it('remembers the theme that was chosen', async () => {
    const { page } = await open(sampleYard(now()), { colorScheme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();

    await page.getByRole('button', { name: 'Theme: Auto' }).click();
    await page.getByRole('button', { name: 'Theme: Light' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Theme: Dark' }).waitFor();

    expect(await background()).not.toBe(light);
  });

  it('may be large in features and small in bytes', async () => {
    const { page } = await open(sampleYard(now()));
    const { gzipSync } = await import('node:zlib');
    const scripts = await page
      .locator('script[src]')
      .evaluateAll((all) => all.map((script) => (script as HTMLScriptElement).src));

    const bodies = await Promise.all(scripts.map(async (src) => (await fetch(src)).text()));

    expect(scripts.length).toBeGreaterThan(0);
    expect(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)).toBeLessThan(45 * 1024);
  });
});

/** Runs in the page: the heights at which something moved below the header, whose words of the connection may be longer or shorter. */
/** Where something moved, and by how much of the window. */
const shiftsSoFar = (): Promise<readonly string[]> =>
  new Promise((resolve) => {
    type Shift = PerformanceEntry & {
      readonly value: number;
      readonly sources: readonly { currentRect: DOMRectReadOnly }[];
    };
    const seen: string[] = [];
    const note = (entries: readonly PerformanceEntry[]) =>
      seen.push(
        ...(entries as Shift[]).map(
          (it) => `${it.value} at ${it.sources.map(({ currentRect: { x, y } }) => `${x}, ${y}`)}`,
        ),
      );
    new PerformanceObserver((list) => note(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    // What is buffered is told within two frames.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(seen))));
  });

/** Of the host: what the browser has in its memory already is no request. */
const filesAsked = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .flatMap((it) => ((it as PerformanceResourceTiming).transferSize > 0 ? [it.name] : []));

const now = (): string => new Date().toISOString();
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

async function open(
  model: ReadModel,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; yard: ServedYard; trouble: { readonly errors: readonly string[] } }> {
  const yard = await serveYard(pages.folder, model);
  const context = await newContext(browser, options);
  const page = await context.newPage();
  onTestFinished(async () => {
    await context.close();
    await yard.goAway();
  });
  const trouble = watchForTrouble(page);
  await page.goto(yard.url);
  return { page, yard, trouble };
}

const sees = (page: Page, place: string, text: string): Promise<void> =>
  page.locator(place).getByText(text).first().waitFor();

const misses = (page: Page, place: string, text: string): Promise<void> =>
  page.locator(place).getByText(text).waitFor({ state: 'detached' });

const yardWith = (sequence: number, changes: object): ReadModel =>
  sampleYard(now(), { jobs: [], finished: [], sequence, ...changes });

const mover = (changes: object): object => ({
  id: '01mover',
  priority: 5,
  repository: 'https://git.example/mover.git',
  submittedAt: now(),
  ...changes,
});

/** The same yard with every free text in it replaced. */
function hostile(model: ReadModel, text: string): ReadModel {
  const texts = new Set([
    'repository',
    'branch',
    'command',
    'progress',
    'reason',
    'text',
    'subject',
    'from',
    'to',
    'pool',
  ]);
  const replaced = (key: string, value: unknown) => (texts.has(key) && typeof value === 'string' ? text : value);
  return { ...(JSON.parse(JSON.stringify(model, replaced)) as ReadModel), yard: text.slice(0, 100) };
}
