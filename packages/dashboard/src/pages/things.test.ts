import type { ReadModel } from '@gityard/domain';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildPages, launchBrowser, newContext, serveYard, watchForTrouble } from '../testing/real-page.ts';
import { LEFT, RIGHT } from '../testing/sample-builds.ts';
import { hostile, sampleThings } from '../testing/sample-things.ts';
import { sampleYard } from '../testing/sample-yard.ts';

const EVIL = '<img src=x onerror="window.owned=1">[x](javascript:window.owned=1)\u202Eevil';
let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), buildPages()]);
});
afterAll(async () => {
  await browser?.close();
  await pages?.remove();
});

describe('pages of locks, messages, builds, branches and changes', () => {
  it('show everything without an error, and link their things to each other', async () => {
    const { page, trouble, go } = await open();

    await go('#/locks');
    await sees(page, 'locks-page', '2 of 3 held');
    await sees(page, 'locks-page', 'portal main');
    await page.getByRole('link', { name: 'History of this lock' }).first().click();
    await sees(page, 'locks-page', 'build4 has been silent for an hour');

    await go('#/messages?q=disk');
    await page.getByRole('link', { name: 'Disk is nearly full' }).click();
    await sees(page, 'message-thread', 'This message seems to hold a password.');
    await sees(page, 'message-thread', 'Thank you. I prune it tonight.');
    await sees(page, 'message-receipts', 'Read by 2 of 5');
    await sees(page, 'message-receipts', 'mac-mini');
    await page.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
    expect(await page.locator('main').getByText('Tr0ub4dor').count()).toBe(0);
    await page.getByRole('link', { name: 'All messages' }).click();
    await sees(page, 'messages-page', '2 messages you have not seen.');

    await go('#/artifacts');
    await page.getByRole('link', { name: 'cloudstack' }).first().click();
    await sees(page, 'artifacts-page', `gityard artifact verify ${LEFT} dist`);
    await sees(page, 'artifacts-page', 'Signed');

    await go(`#/compare/${LEFT}/${RIGHT}`);
    await sees(page, 'compare-page', 'Not reproducible');
    await sees(page, 'compare-page', '+3 min 24 s');

    await go('#/branches');
    await sees(page, 'branches-page', 'gityard rollback to build-success-main-20260301T120000Z --wait');

    await go('#/changes?sort=locks');
    await sees(page, 'changes-page', '3 of 51 changes');
    await page.getByRole('button', { name: 'Older changes' }).click();
    await sees(page, 'changes-page', '3 of 101 changes');
    expect(trouble.errors).toEqual([]);
  });

  it('draw hostile text as text, and fit a narrow phone', async () => {
    const { page, trouble, go } = await open({ viewport: { width: 320, height: 700 } }, EVIL + 'w'.repeat(80));
    for (const [address, text] of [
      ['#/locks', 'release'],
      ['#/locks/publish', 'Lock taken'],
      ['#/messages', 'onerror'],
      ['#/messages/01karmsg1', 'javascript:window.owned=1'],
      ['#/artifacts', 'onerror'],
      [`#/artifacts/${LEFT}`, 'Fetch and check'],
      [`#/compare/${LEFT}/${RIGHT}`, 'Look into the bytes'],
      ['#/branches', 'onerror'],
      ['#/changes', 'onerror'],
    ] as const) {
      await go(address);
      await sees(page, 'main', text);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(320);
    }
    expect(await page.locator('img, a[href^="javascript"]').count()).toBe(0);
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(trouble.errors).toEqual([]);
  });

  it('teach where there is nothing yet', async () => {
    const { page, go } = await open({}, null);
    for (const [address, text] of [
      ['#/locks', 'gityard lock run'],
      ['#/messages', 'gityard message send'],
      ['#/artifacts', 'artifacts: [dist/**]'],
      ['#/compare', 'Choose two builds'],
      ['#/branches', 'gityard branch add'],
      ['#/changes', 'gityard job add'],
      ['#/messages/nobody', 'There is no such message'],
      ['#/artifacts/nothing', 'There is no such build'],
    ] as const) {
      await go(address);
      await sees(page, 'main', text);
    }
  });
});

/** @param evil stands in every free text; null: an empty yard */
async function open(options: BrowserContextOptions = {}, evil: string | null = '') {
  const now = new Date().toISOString();
  const empty = { jobs: [], finished: [], locks: [], messages: [], needsYou: [] };
  const yard = await serveYard(pages.folder, evil === null ? sampleYard(now, empty) : withText(sampleYard(now), evil));
  const context = await newContext(browser, options);
  onTestFinished(async () => {
    await context.close();
    await yard.goAway();
  });
  await sampleThings(now, evil).serve(context);
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(yard.url);
  const go = (address: string) => page.evaluate((hash) => location.assign(hash), address);
  return { page, trouble, go };
}

const withText = (model: ReadModel, evil: string): ReadModel => JSON.parse(JSON.stringify(model, hostile(evil)));

const sees = (page: Page, place: string, text: string): Promise<void> =>
  page.locator(place).getByText(text).first().waitFor();
