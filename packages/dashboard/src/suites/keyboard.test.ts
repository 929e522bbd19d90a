import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { goByKey } from '../testing/real-page.ts';
import { sharedWorld } from './shared-world.ts';
import { visit } from './visit.ts';

const NOW = new Date().toISOString();
const MOST_TABS = 60;
const world = sharedWorld(NOW);

describe('without a mouse', () => {
  it('one gets from the start to a chart of the history, and from point to point in it', async () => {
    const { page } = await visit(world.browser, { url: world.yard.url });
    await tabTo(page, (name) => name === 'History');
    await page.keyboard.press('Enter');
    await page.locator('history-page time-chart').first().waitFor();
    await tabTo(page, (name) => /succeeded/i.test(name) && /,/.test(name));
    const last = await focused(page);

    await page.keyboard.press('ArrowLeft');
    const before = await focused(page);
    await page.keyboard.press('End');

    expect(before).not.toBe(last);
    expect(await focused(page)).toBe(last);
    expect(await page.locator('.tip').count()).toBe(1);
  });

  it('one gets to a job by its name, and back', async () => {
    const { page } = await visit(world.browser, { url: `${world.yard.url}#/jobs` });
    await tabTo(page, (name) => /vnf-broker/.test(name));
    await page.keyboard.press('Enter');
    await page.locator('job-page').waitFor();

    await goByKey(page, 'j');
    await page.locator('jobs-page').waitFor();
  });
});

async function tabTo(page: Page, isIt: (name: string) => boolean): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    if (isIt(await focused(page))) return;
  }
  throw new Error(`not reached with ${MOST_TABS} presses of Tab`);
}

/** What the element with the focus is called, however deep it lies. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });
