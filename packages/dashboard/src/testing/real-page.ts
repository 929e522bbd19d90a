/** The built page in a real browser, served by the real API, fed by hand. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiOptions, type SnapshotSource, startApi } from '@gityard/api';
import type { ReadModel } from '@gityard/domain';
import { freePort, PATIENCE_MS, waitFor } from '@gityard/testing';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { builtPages } from './built-pages.ts';

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`no browser at ${executablePath}: apt-get install chromium, or name one in CHROMIUM`);
  }
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...QUIET] });
}

/**
 * Where nothing moves, for what does is drawn sixty times a second, and without a service worker, as in a private window: it
 * would fetch the whole page behind the back of every case. What is about one of them asks for it.
 */
export async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (options.serviceWorkers !== 'allow')
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined }),
    );
  return context;
}

/** Built once for the sources as they are; nothing is left to be removed. */
export async function buildPages(): Promise<{ folder: string; remove: () => Promise<void> }> {
  return { folder: await builtPages(), remove: async () => undefined };
}

/** To be changed by a spec: the one that is built is everybody's. */
export async function copyOfPages(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-pages-'));
  await cp(await builtPages(), folder, { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

export interface ServedYard {
  readonly url: string;
  show(model: ReadModel): void;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** What else the daemon gives: files, a desk for commands with the key that opens it (`url#key=…`), or an eye on each request. */
type Besides = Pick<ApiOptions, 'repository' | 'desk' | 'key' | 'mount'>;

export async function serveYard(pages: string, first: ReadModel, besides: Besides = {}): Promise<ServedYard> {
  const listeners = new Set<(model: ReadModel) => void>();
  let current = first;
  const source: SnapshotSource = {
    current: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  // It comes back where it was, so nobody else may be given that port meanwhile.
  const port = await freePort();
  const open = () => startApi({ source, pages, ...besides, port });
  let api = await open();
  return {
    url: api.url,
    show: (model) => {
      current = model;
      for (const listener of listeners) listener(model);
    },
    goAway: () => api.close(),
    comeBack: async () => {
      api = await open();
    },
  };
}

/** To the page of that letter. Both keys are on their way at once: `g` does not wait for long, and a busy machine may rest in between. */
export async function goByKey(page: Page, letter: string): Promise<void> {
  // The keys come with what is loaded after the first painting.
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  await Promise.all(['g', letter].map((key) => page.keyboard.press(key)));
}

/** What a page shows it also keeps, though not at the same moment: here is what the next one will remember. */
export async function isRemembered(page: Page): Promise<void> {
  await waitFor(async () => (await page.evaluate(keptSnapshots)) > 0, { what: 'the page has kept what it shows' });
}

/** Runs in the page. Opening it would make one that is not there, and without its stores. */
async function keptSnapshots(): Promise<number> {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'gityard')) return 0;
  const answerOf = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answerOf(indexedDB.open('gityard'));
  const count = await answerOf(database.transaction('snapshots').objectStore('snapshots').count());
  database.close();
  return count;
}

/** Everything that a page should never do. */
export function watchForTrouble(page: Page): { readonly errors: readonly string[] } {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) errors.push(message.text());
  });
  page.on('dialog', (dialog) => errors.push(`dialog: ${dialog.message()}`));
  return { errors };
}
