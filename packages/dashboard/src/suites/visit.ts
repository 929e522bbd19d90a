/** A browser that goes from page to page in one tab and waits until each has drawn what it asked for. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { watchForTrouble } from '../testing/real-page.ts';

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly trouble: { readonly errors: readonly string[] };
  go(address: string): Promise<void>;
}

interface Wanted {
  readonly url: string;
  readonly theme?: string;
  readonly options?: BrowserContextOptions;
}

export async function visit(browser: Browser, { url, theme = 'light', options = {} }: Wanted): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  await context.addInitScript((chosen) => {
    localStorage.setItem('gityard-theme', chosen);
    Object.assign(window, { breaches: [] });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { breaches: string[] }).breaches.push(`${violatedDirective} ${blockedURI}`);
    });
  }, theme);
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(url);
  await page.locator('app-shell main > *').first().waitFor();
  return {
    page,
    context,
    trouble,
    go: async (address) => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, address);
      await settled(page);
    },
  };
}

/** Until nothing on it has changed for a while, however deep, but the digits of its clock. */
export async function settled(page: Page): Promise<void> {
  let before = '';
  for (let turn = 0, same = 0; turn < 60 && same < 3; turn++) {
    await page.waitForTimeout(60);
    const now = await page.evaluate(shape);
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

/** Runs in the page. */
function shape(): string {
  const count = (root: ParentNode): number => {
    let sum = 0;
    for (const element of root.querySelectorAll('*')) sum += 1 + (element.shadowRoot ? count(element.shadowRoot) : 0);
    return sum;
  };
  const title = document.querySelector('app-shell')?.shadowRoot?.querySelector('main > :last-child')?.tagName;
  return `${location.hash} ${title} ${count(document)}`;
}

export const nodesOf = async (page: Page): Promise<number> => Number((await page.evaluate(shape)).split(' ').at(-1));

export const breachesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { breaches: string[] }).breaches);
