import { readModelFrom } from '@gityard/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { CANARY, hostileOf } from '../testing/hostile.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardFiles } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { hostileFile, hostileKinds, hostileYard, schemaOf } from './hostile-files.ts';
import { intruders } from './intruders.ts';
import { breachesOf, visit } from './visit.ts';

const NOW = new Date().toISOString();
const MARK = encodeURIComponent('<img src=x onerror=owned=1>\u202Ejavascript:owned=1');
let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

describe('hostile text', () => {
  it.each(hostileKinds)('can stand in every free field of a file: %s', (kind) => {
    expect(hostileFile(kind, {})).toContain('owned');
  });

  it('can stand in every free field of the snapshot', () => {
    const model = hostileOf(schemaOf('read-model'), {});

    expect(readModelFrom(structuredClone(model))).toMatchObject({ ok: true });
    expect(JSON.stringify(model).split('owned').length).toBeGreaterThan(60);
  });

  it('stays text on every page, in every field of the snapshot and of the files behind it', async () => {
    const it = await open(hostileYard(NOW));

    const found: string[] = [];
    for (const address of ADDRESSES) {
      await it.go(address);
      found.push(...(await it.page.evaluate(intruders)).map((intruder) => `${address} ${intruder}`));
    }

    expect(found).toEqual([]);
    await isUnharmed(it);
  }, 300_000);

  it('stays text in the address', async () => {
    const it = await open({ model: sampleYard(NOW) });
    const words = [
      MARK,
      `jobs/${MARK}`,
      `jobs/${MARK}/log`,
      `servers/${MARK}`,
      `messages/${MARK}`,
      `artifacts/${MARK}`,
      `compare/${MARK}/${MARK}`,
      `jobs?q=${MARK}&sort=${MARK}&view=constructor`,
      `servers?q=${MARK}&sort=__proto__`,
      `messages?q=${MARK}&show=toString`,
      `changes?q=${MARK}&sort=${MARK}`,
      `history?span=${MARK}`,
      `jobs?at=${MARK}`,
      '__proto__/constructor?__proto__=1&constructor=2',
      'jobs/%E0%A4%A',
    ];

    const found: string[] = [];
    for (const word of words) {
      await it.go(`#/${word}`);
      found.push(...(await it.page.evaluate(intruders)).map((intruder) => `${word} ${intruder}`));
    }

    expect(found).toEqual([]);
    await isUnharmed(it);
  }, 300_000);

  it.each([
    ['the address', `source=${MARK}`, undefined],
    ['the address, which names another host', 'source=ghes:https://foreign.example/acme/yard', undefined],
    ['the address, as branches', `source=folder:./demo/&refs=${MARK}`, undefined],
    ['the config', '', JSON.stringify({ source: CANARY })],
    ['the config, as a thing', '', '{"source":{"toString":1},"__proto__":{"owned":1}}'],
    ['the config, as branches', '', JSON.stringify({ source: 'folder:./demo/', refs: { state: CANARY, live: [1] } })],
    ['the config, very long', '', JSON.stringify({ source: `github:${'w'.repeat(1_000_000)}` })],
    ['the config, as no JSON', '', CANARY],
  ])('stays text where it names the source: in %s', async (_, query, config) => {
    const it = await open({ model: sampleYard(NOW), ...(config !== undefined && { config }) }, query);
    await it.page.locator('first-visit').waitFor();
    await it.page.locator('connection-state button').click();
    await it.page.locator('connection-popover h2').waitFor();

    expect(await it.page.evaluate(intruders)).toEqual([]);
    expect((await it.page.locator('first-visit').innerText()).length).toBeLessThan(1_000);
    await isUnharmed(it);
  });

  it('does not get in by names that mean something to the language, nor by being very long', async () => {
    const text = JSON.stringify(sampleYard(NOW, { head: '0'.repeat(40) }));
    const evil = text.replace('{', `{"__proto__":{"owned":1},"constructor":{"prototype":{"owned":1}},`);
    const it = await open({ model: evil });
    await it.page
      .locator('app-shell main')
      .getByText(/servers? (is|are)? ?up|cannot be read/i)
      .first()
      .waitFor();

    const long = await open({ model: text.replace('Kept', 'w'.repeat(1_000_000)) });
    await long.page
      .locator('app-shell main')
      .getByText(/cannot be read/i)
      .first()
      .waitFor();

    await isUnharmed(it);
  });
});

interface Opened {
  readonly page: Page;
  readonly foreign: readonly string[];
}

async function open(files: YardFiles, query?: string) {
  const yard = await serveYardOnGithub(pages, files);
  onTestFinished(() => yard.close());
  const url = query === undefined ? yard.url : `${new URL(yard.url).origin}/?${query}`;
  const it = await visit(browser, { url, options: { serviceWorkers: 'allow' } });
  const foreign: string[] = [];
  it.context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && protocol !== 'data:') foreign.push(request.url());
  });
  return { ...it, foreign };
}

/** Nothing ran, nothing went out, and what all objects have in common is as it was: in the page and in its worker. */
async function isUnharmed({ page, foreign }: Opened): Promise<void> {
  const isPolluted = () => 'owned' in globalThis || 'owned' in {} || 'x' in Object.prototype;
  expect(await page.evaluate(isPolluted)).toBe(false);
  for (const worker of page.workers()) expect(await worker.evaluate(isPolluted)).toBe(false);
  expect(foreign).toEqual([]);
  expect(await breachesOf(page)).toEqual([]);
}
