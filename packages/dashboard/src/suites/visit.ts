/** A browser that goes from page to page in one tab and waits until each has drawn what it asked for. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { newContext, watchForTrouble } from '../testing/real-page.ts';
import { WALK } from './eyes-and-hands.ts';
import { EARS, settled } from './settled.ts';

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

/** Notes each breach of the page's policy; made for more than one page. */
export async function openContext(
  browser: Browser,
  { theme = 'light', options = {} }: Omit<Wanted, 'url'> = {},
): Promise<BrowserContext> {
  const context = await newContext(browser, options);
  await context.addInitScript(`${WALK};${EARS}`);
  await context.addInitScript((chosen) => {
    localStorage.setItem('gityard-theme', chosen);
    Object.assign(window, { breaches: [] });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { breaches: string[] }).breaches.push(`${violatedDirective} ${blockedURI}`);
    });
  }, theme);
  return context;
}

export async function visit(browser: Browser, { url, ...wanted }: Wanted): Promise<Visit> {
  const context = await openContext(browser, wanted);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(url);
  await page.locator('app-shell main > *:visible').first().waitFor();
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

export const breachesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { breaches: string[] }).breaches);
