import { type ReadModel, readModelFrom, validate } from '@gityard/domain';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { CANARY, withCanaries } from '../testing/hostile.ts';
import type { MockFiles } from '../testing/mock-repository.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardFiles } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { breachesOf, visit } from './visit.ts';

const NOW = new Date().toISOString();
let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

describe('hostile text', () => {
  it('stays text on every page, in every field of the snapshot and of the files behind it', async () => {
    const usual = sampleYard(NOW);
    const model = withCanaries<ReadModel>(usual, (it) => readModelFrom(structuredClone(it)).ok);
    const { state, live, logs } = sampleFiles(usual, NOW);
    const it = await open({
      model,
      state: hostileFiles(state),
      live,
      logs: { ...logs, 'build2/logs/x.1.log': CANARY },
    });
    const foreign: string[] = [];
    it.page.on('request', (request) => {
      if (!request.url().startsWith(new URL(it.page.url()).origin) && !request.url().startsWith('data:'))
        foreign.push(request.url());
    });

    const found: string[] = [];
    for (const address of ADDRESSES) {
      await it.go(address);
      found.push(...(await it.page.evaluate(intruders)).map((intruder) => `${address} ${intruder}`));
    }

    expect(JSON.stringify(model).split('onerror').length).toBeGreaterThan(100);
    expect(found).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await breachesOf(it.page)).toEqual([]);
    expect(await it.page.evaluate(() => 'owned' in window || 'x' in Object.prototype)).toBe(false);
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

    expect(await it.page.evaluate(() => 'owned' in {} || 'owned' in window)).toBe(false);
  });
});

const open = async (files: YardFiles) => {
  const yard = await serveYardOnGithub(pages, files);
  onTestFinished(() => yard.close());
  return await visit(browser, { url: yard.url });
};

/** Each file by its own schema, so that none is refused for what is in it. */
function hostileFiles(files: MockFiles): MockFiles {
  const kindOf = (path: string) => (/^shared\/(agent|job|message|manifest|lock)s\//.exec(path) ?? [])[1];
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      const kind = kindOf(path);
      if (!kind || typeof content !== 'string') return [path, content];
      const isValid = (it: unknown) => validate(kind as 'job', structuredClone(it)).ok;
      return [path, JSON.stringify(withCanaries(JSON.parse(content) as object, isValid))];
    }),
  );
}

/** Runs in the page: what text must never become. */
function intruders(): string[] {
  const found: string[] = [];
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if (/^(img|iframe|object|embed|base|form\[action\]|audio|video)$/i.test(element.tagName))
        found.push(element.tagName);
      if (element.tagName === 'SCRIPT' && !element.hasAttribute('src')) found.push('SCRIPT');
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
        if (/^(href|src|action)$/.test(name) && /^\s*(javascript|data:text|vbscript)/i.test(value)) found.push(value);
      }
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return found;
}
