import { readFile } from 'node:fs/promises';
import { after, type ReadModel } from '@gityard/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildPages, launchBrowser, newContext, serveYard, watchForTrouble } from '../../testing/real-page.ts';
import { sampleYard } from '../../testing/sample-yard.ts';

const MANY = 1_000;
let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;
beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), buildPages()]);
});
afterAll(() => browser?.close());

describe('messages-page', () => {
  it('draws a thousand messages with few elements, says of each which of how many it is, and goes by its keys', async () => {
    const { page, trouble } = await open();
    const list = page.getByRole('list', { name: 'Messages' });
    await list.getByText('message 3', { exact: true }).waitFor();

    expect(await list.locator('li').count()).toBeLessThan(50);
    expect(await list.locator('li').first().getAttribute('aria-setsize')).toBe(`${MANY}`);
    // Faster than anything is drawn.
    await Promise.all(Array.from({ length: 60 }, () => page.keyboard.press('j')));
    const focused = list.locator('li:focus-within');
    expect(await focused.getAttribute('aria-posinset')).toBe('60');
    await page.mouse.move(600, 600);
    await page.mouse.wheel(0, 1_000_000);
    await list.getByText(`message ${MANY - 1}`, { exact: true }).waitFor();
    expect(await focused.getAttribute('aria-posinset')).toBe('60');
    expect(await list.locator('li').count()).toBeLessThan(50);
    await page.keyboard.press('Enter');
    await page.locator('message-thread').waitFor();
    expect(new URL(page.url()).hash).toBe('#/messages/m59');
    expect(trouble.errors).toEqual([]);
  });
});

/** Of a page at its address, so many. */
const ROWS = [
  ['#/messages', 'messages-page', MANY],
  ['#/messages?q=message+99', 'messages-page', 19],
  ['#/servers?q=name-that-nobody-has', 'servers-page', 0],
  ['#/servers', 'servers-page', 6],
  ['#/jobs?view=table', 'jobs-page', 505],
  ['#/jobs?q=many', 'jobs-page', 500],
] as const;

describe('a copy of the rows of a page', () => {
  it('holds all that match, whether they are drawn or not', async () => {
    const { page } = await open();
    const dialog = page.locator('export-dialog');
    const held: Record<string, number> = {};
    for (const [address, tag, count] of ROWS) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, address);
      await page.locator(tag).waitFor();
      await page.getByRole('button', { name: 'Export' }).click();
      await dialog.locator('option', { hasText: 'Servers' }).waitFor({ state: 'attached' });
      if (count === 0) {
        held[address] = await dialog.locator('option[value=rows]').count();
        await dialog.getByRole('button', { name: 'Leave it' }).click();
        continue;
      }
      await dialog.locator('option', { hasText: `The rows of this page (${count})` }).waitFor({ state: 'attached' });
      await dialog.getByLabel('As').selectOption('json');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Save' }).click(),
      ]);
      const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as { rows: unknown[]; commit: string };
      held[address] = saved.rows.length;
      expect(saved.commit).toMatch(/^[0-9a-f]{40}$/);
    }

    expect(held).toEqual(Object.fromEntries(ROWS.map(([address, , count]) => [address, count])));
  });

  it('hides what seems secret, as the page does', async () => {
    const { page } = await open('#/messages?q=secret');
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('export-dialog').getByRole('button', { name: 'Save' }).click(),
    ]);

    expect(await readFile(await download.path(), 'utf8')).not.toContain('Tr0ub4dor');
  });
});

async function open(address = '#/messages') {
  const yard = await serveYard(pages.folder, manyOf(new Date().toISOString()));
  const context = await newContext(browser);
  onTestFinished(async () => {
    await context.close();
    await yard.goAway();
  });
  const page: Page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(`${yard.url}${address}`);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  return { page, trouble };
}

function manyOf(now: string): ReadModel {
  const { messages, jobs, finished } = sampleYard(now);
  const [message] = messages;
  const [job] = jobs;
  return sampleYard(now, {
    messages: Array.from({ length: MANY }, (_, at) => {
      const subject =
        at === MANY - 1 ? `message ${at}` : `message ${at}${at === 500 ? ' secret password=Tr0ub4dor' : ''}`;
      return { ...message, id: `m${at}`, subject, sentAt: after(now, -at * 60_000) };
    }),
    jobs: Array.from({ length: 500 }, (_, at) => ({ ...job, id: `01many${at}`, branch: 'many' })),
    finished: finished.slice(0, 5),
  });
}
