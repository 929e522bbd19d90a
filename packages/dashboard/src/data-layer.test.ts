/** What only a real browser shows of the data layer: many tabs, what is kept, and the page without a network. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GithubMock } from './testing/mock-github.ts';
import { listen } from './testing/mock-host.ts';
import { MockRepository } from './testing/mock-repository.ts';
import { pagesHost } from './testing/pages-host.ts';
import { buildPages, launchBrowser, serveYard } from './testing/real-page.ts';
import { sampleYard } from './testing/sample-yard.ts';
import { READ_MODEL_PATH } from './worker/sources/source.ts';

let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;
beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), buildPages()]);
});
afterAll(async () => {
  await browser?.close();
  await pages?.remove();
});

describe('the data layer in a browser', () => {
  it('has one of four tabs look, tells the others, and hands over when that one is closed', async () => {
    const { context, github, url, write } = await onGithub();
    await write('one');
    const tabs = await Promise.all([0, 1, 2, 3].map(() => context.newPage()));
    for (const tab of tabs) {
      await tab.goto(`${url}/?source=github:acme/yard`);
      await sees(tab, 'one');
    }
    expect(looks(github)).toBe(1);

    await write('two');
    await lookNow(tabs[3]);
    for (const tab of tabs) await sees(tab, 'two');
    expect(looks(github)).toBe(2);

    await write('three');
    await tabs[0]?.close();
    await vi.waitFor(async () => {
      await lookNow(tabs[2]);
      expect(await tabs[1]?.getByRole('banner').innerText()).toContain('three');
    }, 60_000);
    for (const tab of tabs.slice(1)) await sees(tab, 'three');
  });

  it('paints what it last saw, page and data, when there is no network', async () => {
    const yard = await serveYard(pages.folder, sampleYard(now(), { yard: 'kept' }));
    const context = await contextFor();
    const first = await context.newPage();
    await first.goto(yard.url);
    await sees(first, 'kept');
    await isKept(first);
    await first.close();
    await yard.goAway();

    const second = await context.newPage();
    await second.goto(yard.url);
    await sees(second, 'kept');
    await second.locator('running-panel').getByText('312 of 480 tests').first().waitFor();
    await second.locator('connection-state').getByText('Offline').waitFor();
  });

  it('takes a new version when asked, and goes back from one that does not start', async () => {
    const folder = await copyOfPages();
    const yard = await serveYard(folder, sampleYard(now()));
    onTestFinished(() => yard.goAway());
    const context = await contextFor();
    const page = await context.newPage();
    await page.goto(yard.url);
    await isKept(page);

    await deploy(folder, (html) => html.replace('<head>', '<head><meta name="version" content="2">'));
    await newVersion(page);
    expect(await versionOf(page)).toBeNull();
    await take(page);
    await page.locator('running-panel').waitFor();
    expect(await versionOf(page)).toBe('2');
    await isKept(page);

    await deploy(folder, (html) =>
      html.replace('content="2"', 'content="3"').replace(/<script type="module".*<\/script>/, ''),
    );
    await newVersion(page);
    await take(page);
    expect(await versionOf(page)).toBe('3');
    await page.reload();
    expect(await versionOf(page)).toBe('3');
    await page.reload();
    await page.locator('running-panel').waitFor();
    expect(await versionOf(page)).toBe('2');
  });
});

const now = (): string => new Date().toISOString();
const sees = (page: Page, yard: string): Promise<void> =>
  page.locator('header').getByText(yard).first().waitFor({ timeout: 60_000 });
const looks = (github: GithubMock): number =>
  github.requests.filter(({ path, method }) => method === 'GET' && path.includes(READ_MODEL_PATH)).length;

/** As the key of the frame does. */
const lookNow = (page: Page | undefined): Promise<void> | undefined =>
  page?.locator('overview-page').evaluate((element) => {
    (element as unknown as { yard: { tell(message: object): void } }).yard.tell({ kind: 'look' });
  });

async function onGithub() {
  const repository = await MockRepository.make();
  const github = new GithubMock(repository);
  const host = await listen(pagesHost(pages.folder));
  const context = await contextFor({ serviceWorkers: 'block' });
  onTestFinished(async () => {
    await context.close();
    await host.close();
    await repository.remove();
  });
  await context.route('https://api.github.com/**', async (route) => {
    const request = route.request();
    const headers = new Headers(await request.allHeaders());
    const asked = { method: request.method(), url: new URL(request.url()), headers, body: '', ip: '192.0.2.1' };
    const { status, headers: said, body } = await github.answer(asked);
    await route.fulfill({ status, headers: said, body: Buffer.from(body) });
  });
  let sequence = 0;
  const write = async (yard: string): Promise<void> => {
    const model = sampleYard(now(), { yard, sequence: ++sequence });
    await repository.commit('yard-live', { [READ_MODEL_PATH]: JSON.stringify(model) });
  };
  return { context, github, url: host.url, write };
}

async function contextFor(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  return context;
}

/** The service worker has taken this version whole, and knows that it starts well. */
async function isKept(page: Page): Promise<void> {
  const notes = async () => {
    const name = (await caches.keys()).find((it) => it.startsWith('gityard-notes'));
    const note = name && (await (await caches.open(name)).matchAll())[0];
    return note ? ((await note.json()) as { shown: string; good: string | null }) : { shown: 'nothing', good: null };
  };
  await vi.waitFor(async () => {
    const { shown, good } = await page.evaluate(notes);
    expect(good).toBe(shown);
  }, 60_000);
}

/** The page hears of it as it would within the hour. */
async function newVersion(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await page.waitForFunction(() => {
    const shown = document.querySelector('app-shell')?.shadowRoot?.querySelector('overview-page');
    return (shown as unknown as { view?: { hasNewVersion: boolean } } | null)?.view?.hasNewVersion;
  });
}

/** What the button of the notice does. */
async function take(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    (await navigator.serviceWorker.getRegistration())?.waiting?.postMessage({ kind: 'take-over' });
    await changed;
  });
  await page.reload();
}

const versionOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('meta[name=version]')?.getAttribute('content') ?? null);

async function copyOfPages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-versions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(pages.folder, folder, { recursive: true });
  return folder;
}

/** Another page, and the list in the service worker that proves it, as a build would make them. */
async function deploy(folder: string, change: (html: string) => string): Promise<void> {
  const [page, worker] = [join(folder, 'index.html'), join(folder, 'service-worker.js')];
  const [before, code] = await Promise.all([readFile(page, 'utf8'), readFile(worker, 'utf8')]);
  const after = change(before);
  const proof = (html: string): string => createHash('sha256').update(html).digest('base64');
  await writeFile(page, after);
  await writeFile(
    worker,
    code.replace(proof(before), () => proof(after)),
  );
}
