/** What only a real browser shows of the data layer: many tabs, what is kept, and the page without a network. */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { GithubMock } from './testing/mock-github.ts';
import { listen } from './testing/mock-host.ts';
import { MockRepository } from './testing/mock-repository.ts';
import { pagesHost } from './testing/pages-host.ts';
import { buildPages, copyOfPages, isRemembered, launchBrowser, newContext, serveYard } from './testing/real-page.ts';
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
    // So few are left that nobody looks by the clock meanwhile.
    github.rules.limit = 15;
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
    github.rules.limit = 1_000;
    await tabs[0]?.close();
    const seenBySecond = async () => {
      await lookNow(tabs[2]);
      return await tabs[1]?.getByRole('banner').innerText();
    };
    await expect.poll(seenBySecond).toContain('three');
    for (const tab of tabs.slice(1)) await sees(tab, 'three');
  });

  it('keeps apart two yards of one repository, and tabs whose tokens see different things', async () => {
    const { context, github, url, write } = await onGithub();
    await write('one');
    await write('other', 'other-live');
    const open = async (query: string) => {
      const tab = await context.newPage();
      await tab.goto(`${url}/?source=github:acme/yard${query}`);
      return tab;
    };
    const [usual, other] = await Promise.all([open(''), open('&refs=yard,other-live,yard-logs')]);
    await Promise.all([sees(usual, 'one'), sees(other, 'other')]);
    await usual.reload();
    await sees(usual, 'one');
    expect(await other.getByRole('banner').innerText()).toContain('other');

    const [good, bad] = await Promise.all([open('#/settings'), open('#/settings')]);
    await useToken(good, 'reads');
    await useToken(bad, 'nothing');
    await good.getByText('one is in use').first().waitFor();
    await bad.getByText('one is in use').first().waitFor();
    github.rules.tokens.delete('nothing');
    await lookNow(bad);
    await bad.locator('connection-state').getByText('Offline').waitFor();
    await lookNow(good);
    await good.locator('connection-state').getByText('Live').waitFor();
    expect(new Set(github.requests.filter(({ hasToken }) => hasToken).map(({ status }) => status))).toContain(401);
  });

  it('keeps of the site its own files and its config alone, and shows the config as it is now', async () => {
    const { folder, remove } = await copyOfPages();
    onTestFinished(remove);
    const { url, asked } = await onSite(folder);
    const context = await contextFor();
    const page = await context.newPage();
    const config = (source: string) => writeFile(join(folder, 'config.json'), JSON.stringify({ source }));
    await config('folder:./first/');
    await page.goto(url);
    await isKept(page);

    await config('folder:./second/');
    await page.reload();
    await expect.poll(() => asked).toContainEqual(expect.stringContaining('/yard/second/'));
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map((request) => request.url);
    });

    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter((it) => !it.startsWith(url) || /\/api\/|second|first/.test(it))).toEqual([]);
    expect(asked.filter((path) => !path.startsWith('/yard/'))).toEqual([]);
  });

  it('leaves for good when the site no longer has a service worker', async () => {
    const { folder, remove } = await copyOfPages();
    onTestFinished(remove);
    const { url } = await onSite(folder);
    await writeFile(join(folder, 'config.json'), JSON.stringify({ source: 'folder:./data/' }));
    const context = await contextFor();
    const page = await context.newPage();
    await page.goto(url);
    await isKept(page);
    const leftOpen = await context.newPage();
    await leftOpen.goto(url);
    await leftOpen.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const kept = () => page.evaluate(() => caches.keys());

    await rm(join(folder, 'service-worker.js'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><h1>Another page</h1>');
    await page.reload();
    await expect.poll(kept).toEqual([]);

    await leftOpen.evaluate(async () => {
      navigator.serviceWorker.controller?.postMessage({ kind: 'started', script: document.scripts[0]?.src });
      await fetch('config.json');
    });
    expect(await kept()).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Another page' }).waitFor();
  });

  it('paints what it last saw, page and data, when there is no network', async () => {
    const yard = await serveYard(pages.folder, sampleYard(now(), { yard: 'kept' }));
    const context = await contextFor();
    const first = await context.newPage();
    await first.goto(yard.url);
    await sees(first, 'kept');
    await isKept(first);
    await isRemembered(first);
    await first.close();
    await yard.goAway();

    const second = await context.newPage();
    await second.goto(yard.url);
    await sees(second, 'kept');
    await second.locator('running-panel').getByText('312 of 480 tests').first().waitFor();
    await second.locator('connection-state').getByText('Offline').waitFor();
  });

  it('shows nothing of another yard that had the same address before', async () => {
    const yard = await serveYard(pages.folder, sampleYard(now(), { yard: 'former', yardId: 'one', sequence: 900 }));
    onTestFinished(() => yard.goAway());
    const context = await contextFor();
    const [first, second] = [await context.newPage(), await context.newPage()];
    await first.goto(yard.url);
    await sees(first, 'former');
    await isKept(first);
    await first.close();
    yard.show(sampleYard(now(), { yard: 'latter', yardId: 'two', sequence: 1 }));
    await second.addInitScript(noteTold);

    await second.goto(yard.url);
    await sees(second, 'latter');

    // Where the daemon is slow to say who it is, what was shown meanwhile is taken back before anything else is.
    const told = await second.evaluate(() => (globalThis as unknown as Noted).told);
    expect(told.join()).toMatch(/^(?:former,,)?latter(?:,latter)*$/);
    expect(await second.locator('main').innerText()).not.toContain('History was rewritten');
  });

  it('takes a new version when asked, and goes back from one that does not start', async () => {
    const { folder, remove } = await copyOfPages();
    onTestFinished(remove);
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
      html.replace('content="2"', 'content="3"').replace(/<script type="module".*<\/script>/g, ''),
    );
    await newVersion(page);
    await take(page);
    expect(await versionOf(page)).toBe('3');
    await aMinuteLater(page);
    await page.reload();
    expect(await versionOf(page)).toBe('3');
    await aMinuteLater(page);
    await page.reload();
    await page.locator('running-panel').waitFor();
    expect(await versionOf(page)).toBe('2');
  });
});

interface Noted {
  readonly told: readonly string[];
}

/** Runs in the page: of which yards its worker tells it. */
function noteTold(): void {
  const told: string[] = [];
  Object.assign(globalThis, { told });
  globalThis.Worker = class extends Worker {
    constructor(...made: ConstructorParameters<typeof Worker>) {
      super(...made);
      this.addEventListener('message', ({ data }) => data.kind === 'snapshot' && told.push(data.model?.yard));
    }
  };
}

const now = (): string => new Date().toISOString();
const sees = (page: Page, yard: string): Promise<void> => page.locator('header').getByText(yard).first().waitFor();
const looks = (github: GithubMock): number =>
  github.requests.filter(({ path, method }) => method === 'GET' && path.includes(READ_MODEL_PATH)).length;

/** As the key of the frame does. */
const lookNow = (page: Page | undefined): Promise<void> | undefined =>
  page?.locator('app-shell').evaluate((shell) => {
    const { pageElement } = shell as unknown as { pageElement: { yard: { tell(message: object): void } } };
    pageElement.yard.tell({ kind: 'look' });
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
    const headers = new Headers(request.headers());
    const asked = { method: request.method(), url: new URL(request.url()), headers, body: '', ip: '192.0.2.1' };
    const { status, headers: said, body } = await github.answer(asked);
    await route.fulfill({ status, headers: said, body: Buffer.from(body) });
  });
  let sequence = 0;
  const write = async (yard: string, branch = 'yard-live'): Promise<void> => {
    const model = sampleYard(now(), { yard, sequence: ++sequence });
    await repository.commit(branch, { [READ_MODEL_PATH]: JSON.stringify(model) });
  };
  return { context, github, url: host.url, write };
}

/** As Pages of a host serve a project: below a path. */
async function onSite(folder: string): Promise<{ url: string; asked: readonly string[] }> {
  const asked: string[] = [];
  const files = pagesHost(folder);
  const host = await listen((request) => {
    asked.push(request.url.pathname);
    const { pathname } = request.url;
    if (!pathname.startsWith('/yard/')) return Promise.resolve({ status: 404, headers: {}, body: '' });
    return files({ ...request, url: new URL(pathname.slice('/yard'.length), request.url) });
  });
  onTestFinished(() => host.close());
  return { url: `${host.url}/yard/`, asked };
}

async function useToken(page: Page, token: string): Promise<void> {
  const field = page.locator('token-form input[type=password]').first();
  await field.fill(token);
  await field.press('Enter');
}

async function contextFor(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await newContext(browser, { serviceWorkers: 'allow', ...options });
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
  const isGood = async () => {
    const { shown, good } = await page.evaluate(notes);
    return good === shown;
  };
  await expect.poll(isGood).toBe(true);
}

/** As the service worker sees it: what was opened was not opened just now. */
async function aMinuteLater(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const name = (await caches.keys()).find((it) => it.startsWith('gityard-notes')) ?? '';
    const notes = await caches.open(name);
    const [request] = await notes.keys();
    const note = request && (await (await notes.match(request))?.json());
    if (request) await notes.put(request, Response.json({ ...note, openedAt: note.openedAt - 60_000 }));
  });
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
