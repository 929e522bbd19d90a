import type { ReadModel } from '@gityard/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardOnGithub } from '../testing/yard-on-github.ts';
import { type Visit, visit } from './visit.ts';

const model = (changes: object = {}): ReadModel => sampleYard(new Date().toISOString(), changes);
let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

describe('trouble with the source', () => {
  it.each([
    ['a rate limit', (yard: YardOnGithub) => Object.assign(yard.github.rules, { limit: 0 }), /rate|limit|looks/i],
    ['an outage', (yard: YardOnGithub) => Object.assign(yard.github.rules, { outage: 502 }), /502|trouble|answer/i],
    [
      'a yard that vanished',
      (yard: YardOnGithub) => Object.assign(yard.github.rules, { isPrivate: true }),
      /private|found/i,
    ],
    ['a snapshot that is no JSON', (yard: YardOnGithub) => yard.show('<<<<<<< HEAD'), /cannot be read/i],
    ['a newer schema', (yard: YardOnGithub) => yard.show('{"schemaVersion":999}'), /newer/i],
  ])('is told, and changes nothing that is known of servers: %s', async (_, breakIt, words) => {
    const { it, yard } = await open();
    await it.page.locator('servers-panel status-dot').first().waitFor();
    const before = await standings(it.page);

    await breakIt(yard);
    await lookNow(it.page);
    await it.page.getByText(words).first().waitFor();

    expect(before.length).toBeGreaterThan(4);
    expect(await standings(it.page)).toEqual(before);
  });

  it('is told where nothing is known yet, and no server is called offline', async () => {
    const { it } = await open((yard) => Object.assign(yard.github.rules, { limit: 0 }));

    await it.page
      .locator('app-shell main')
      .getByText(/limit|looks/i)
      .first()
      .waitFor();

    expect(await it.page.locator('servers-panel').count()).toBe(0);
  });

  it('tells that the history was rewritten, and goes on with what is there', async () => {
    const { it, yard } = await open();
    await it.page.locator('servers-panel status-dot').first().waitFor();

    await yard.show(model({ sequence: 3, yard: 'acme-again' }));
    await lookNow(it.page);

    await it.page
      .locator('app-shell')
      .getByText(/rewritten|went back/i)
      .first()
      .waitFor();
  });
});

async function open(
  before: (yard: YardOnGithub) => unknown = () => undefined,
): Promise<{ it: Visit; yard: YardOnGithub }> {
  const yard = await serveYardOnGithub(pages, { model: model() });
  onTestFinished(() => yard.close());
  await before(yard);
  return { it: await visit(browser, { url: yard.url }), yard };
}

/** What the page says of each server. */
const standings = (page: Page): Promise<string[]> => page.locator('servers-panel status-dot').allTextContents();

/** The worker looks again, by the key of the frame, which listens only after the first painting. */
async function lookNow(page: Page): Promise<void> {
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  await page.keyboard.press('r');
}
