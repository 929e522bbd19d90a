import type { CommandDesk } from '@gityard/api';
import type { ReadModel } from '@gityard/domain';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  buildPages,
  goByKey,
  launchBrowser,
  newContext,
  type ServedYard,
  serveYard,
  watchForTrouble,
} from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';

let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;
let yard: ServedYard;
let sequence = 1;

const KEY = 'k'.repeat(32);
/** Whoever has the key may ask; what becomes of it is answered in its place. */
const noDesk: CommandDesk = {
  prepare: () => async () => ({ state: 'refused', code: 'NOBODY', reason: 'nobody is there' }),
};

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), buildPages()]);
  yard = await serveYard(pages.folder, freshYard(), { key: KEY, desk: noDesk });
});
afterAll(async () => {
  await browser?.close();
  await yard?.goAway();
  await pages?.remove();
});
beforeEach(() => yard.show(freshYard()));

describe('frame', () => {
  it('goes, searches and acts by the keyboard alone', async () => {
    const { page, trouble } = await open();
    await page.keyboard.press('Control+k');
    await page.locator('command-palette input').waitFor();
    await page.keyboard.type('settings');
    await page.keyboard.press('Enter');
    await page.locator('settings-page').waitFor();

    await goByKey(page, 'o');
    await page.locator('overview-page').waitFor();
    await page.keyboard.press('?');
    await page.locator('help-dialog').getByText('what can be done with the row').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('help-dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('w');
    await page.keyboard.press('Enter');
    await page.locator('job-page').waitFor();
    expect(new URL(page.url()).hash).toBe('#/jobs/01kar8qz0stuckarm');
    expect(trouble.errors).toEqual([]);
  });

  it('takes no single key in a field, and none at all where they are switched off', async () => {
    const { page } = await open('#/settings');
    await page.locator('[name=source]').fill('');
    await page.locator('[name=source]').press('?');
    expect(await page.locator('[name=source]').inputValue()).toBe('?');

    await page.getByLabel('Single keys').uncheck();
    await goByKey(page, 'o');
    expect(new URL(page.url()).hash).toBe('#/settings');
    await page.keyboard.press('Control+k');
    await page.locator('command-palette input').waitFor();
  });

  it('asks before it acts, sends what must still hold, and tells what became of it', async () => {
    const { page, context } = await open(`#key=${KEY}`);
    const sent: unknown[] = [];
    const answers = [
      { state: 'refused', code: 'CONFLICT', reason: 'token is 13, not 12' },
      { state: 'applied', commit: '9f3c2a7be1d04586a2b7c1f0e9d8a7b6c5d4e3f2' },
    ];
    await context.route('**/api/v1/commands', async (route) => {
      sent.push({ page: route.request().headers()['x-gityard-page'], wish: route.request().postDataJSON() });
      await route.fulfill({ json: answers[sent.length - 1] });
    });
    await page.keyboard.press('/');
    await page.locator('command-palette input').fill('break lock publish');
    await page.keyboard.press('Enter');

    const dialog = page.locator('action-dialog');
    const release = dialog.getByRole('button', { name: 'Break the lock' });
    await dialog.getByText('build3 loses it at once').waitFor();
    expect(await release.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('its holder is gone');
    await dialog.getByLabel('Type publish').fill('publish');
    await release.click();
    await dialog.getByText('token is 13, not 12 (CONFLICT). Nothing was done.').waitFor();

    await dialog.getByRole('button', { name: 'Ask again' }).click();
    await dialog.getByLabel('Reason').fill('its holder is gone');
    await dialog.getByLabel('Type publish').fill('publish');
    await release.click();
    await dialog.getByText('Done').waitFor();
    const wish = { op: 'break-lock', target: 'publish', args: { reason: 'its holder is gone' }, if: { token: '12' } };
    expect(sent).toEqual([
      { page: '1', wish },
      { page: '1', wish },
    ]);
  });

  it('takes the printed address where it is open already, and leaves no key in it', async () => {
    const { page } = await open('#/settings');
    await page.locator('settings-page').getByText('This page can only look.').waitFor();

    await page.evaluate((key) => {
      location.hash = `#key=${key}`;
    }, KEY);

    await page.waitForURL((url) => url.hash === '');
    await page.evaluate(() => {
      location.hash = '#/settings';
    });
    await page.locator('settings-page').getByText('You can act from this page.').waitFor();
  });

  it('keeps the focus where it is while the data change', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Export' }).focus();
    for (let at = 0; at < 5; at++) {
      const name = `acme-${at}`;
      yard.show(freshYard({ yard: name }));
      await page.locator('header').getByText(name).waitFor();
    }

    expect(await page.getByRole('button', { name: 'Export' }).evaluate((button) => button.matches(':focus'))).toBe(
      true,
    );
  });

  it('says that a part of it could not be loaded, and goes on with the others', async () => {
    const { page, context } = await open();
    await context.route('**/assets/settings-page-*', (route) => route.abort());

    await page.goto(`${yard.url}#/settings`);
    await page.getByRole('alert').getByText('A part of this page could not be loaded').waitFor();

    await page.goto(`${yard.url}#/locks`);
    await page.locator('locks-page').waitFor();
  });

  it('does not run inside another page', async () => {
    const { page, context } = await open();
    const outer = 'http://outer.example/';
    await context.route(outer, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${yard.url}"></iframe>` }),
    );
    // The daemon forbids frames by a header; other hosts send none.
    await context.route(yard.url, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ body: await response.body(), contentType: 'text/html' });
    });
    await page.goto(outer);

    const framed = page.frameLocator('iframe');
    await framed.getByRole('link', { name: 'Open Gityard in a new tab' }).waitFor();
    expect(await framed.locator('app-shell').count()).toBe(0);
  });
});

const freshYard = (changes: object = {}): ReadModel =>
  sampleYard(new Date().toISOString(), { sequence: sequence++, ...changes });

async function open(
  hash = '',
): Promise<{ page: Page; context: BrowserContext; trouble: { readonly errors: readonly string[] } }> {
  const context = await newContext(browser);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(`${yard.url}${hash}`);
  await page.locator('connection-state').getByText('Live').waitFor();
  // The keys come with what is loaded after the first painting.
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  return { page, context, trouble };
}
