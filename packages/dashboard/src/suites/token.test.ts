import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { isRemembered, launchBrowser, newContext, watchForTrouble } from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub } from '../testing/yard-on-github.ts';

const TOKEN = 'github_pat_11CANARY';
let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

it('a token is found nowhere once it was typed: not in the page, nor in what it keeps, hears, says or asks of others', async () => {
  const yard = await serveYardOnGithub(pages, { model: sampleYard(new Date().toISOString()) });
  onTestFinished(() => yard.close());
  yard.github.rules.tokens.set(TOKEN, { scopes: null, reads: true, writes: false });
  const context = await newContext(browser, { serviceWorkers: 'allow' });
  onTestFinished(() => context.close());
  await context.addInitScript(listenToWorkers);
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('request', (request) => said.push(request.url()));
  await page.goto(`${yard.url}#/settings`);

  const field = page.locator('token-form input[type=password]').first();
  await field.fill(TOKEN);
  await field.press('Enter');
  await page.getByText('one is in use').first().waitFor();
  await expect.poll(() => yard.github.requests.some(({ hasToken }) => hasToken)).toBe(true);
  await isRemembered(page);
  const kept = await page.evaluate(allThatIsKept);
  const drawn = await page.evaluate(textOfPage);

  // It looks where something is.
  expect(kept).toContain('gityard-theme');
  expect(kept).toContain('"isHeldInTheSnapshots":true');
  expect(drawn.heard).toContain('"hasToken":true');
  expect(await field.inputValue()).toBe('');
  expect(`${kept}${JSON.stringify(drawn)}${said.join()}`).not.toContain(TOKEN);
  expect(trouble.errors).toEqual([]);
});

/** Runs in the page before anything else: what its worker says to it. */
function listenToWorkers(): void {
  const heard: string[] = [];
  const Real = Worker;
  class Heard extends Real {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)));
    }
  }
  Object.assign(window, { Worker: Heard, heard });
  localStorage.setItem('gityard-theme', 'light');
}

/** Runs in the page: its storage, its databases and its caches to the last value, its address and its history. */
async function allThatIsKept(): Promise<string> {
  const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state];
  const answerOf = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = () => database.transaction(store).objectStore(store);
      const values = await answerOf(all().getAll());
      kept.push(store, await answerOf(all().getAllKeys()));
      kept.push(values.map((it) => (it instanceof Uint8Array ? new TextDecoder().decode(it) : it)));
      if (store === 'snapshots') kept.push({ isHeldInTheSnapshots: values.length > 0 });
    }
    database.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(request.url, [...request.headers]);
  return JSON.stringify(kept);
}

/** Runs in the page: all that stands in it, however deep, and what it heard of its worker. */
function textOfPage(): { readonly markup: string; readonly heard: string } {
  const markup: string[] = [];
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      markup.push(element.outerHTML, String((element as { value?: unknown }).value ?? ''));
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return { markup: markup.join(), heard: (window as unknown as { heard: string[] }).heard.join() };
}
