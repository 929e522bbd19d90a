/** In a real browser: no other has the rules, the bounds and the moods of its storage. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { schemasAsData } from '../../../build/schemas-as-data.ts';
import { launchBrowser, newContext } from '../../testing/real-page.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import type { browserKeeping } from './browser-keeping.ts';

const PAGE = 'http://keeping.localhost/';
let browser: Browser;
let script: string;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), bundled()]);
});
afterAll(() => browser?.close());

/** Runs in the page. */
interface Kept {
  readonly kept: { readonly browserKeeping: typeof browserKeeping };
}
declare const kept: Kept['kept'];

describe('what is kept in a browser', () => {
  it('sends away what was used longest ago once its bound is reached, and keeps below it', async () => {
    const page = await open();

    const [names, bytes] = await page.evaluate(async () => {
      let now = 0;
      const keeping = kept.browserKeeping({ indexedDB, now: () => now, mostBytes: 10_000, patienceMs: 180_000 });
      for (let n = 0; n < 30; n++) {
        now += 700_000;
        await keeping.keepObject(`object ${n}`, new Uint8Array(900));
        await keeping.object('object 0');
      }
      const found = await Promise.all([...Array(30).keys()].map((n) => keeping.object(`object ${n}`)));
      return [
        found.flatMap((it, n) => (it ? [n] : [])),
        found.reduce((sum, it) => sum + (it?.length ?? 0), 0),
      ] as const;
    });

    expect(bytes).toBeLessThanOrEqual(10_000);
    expect(names).toContain(0);
    expect(names.slice(1)).toEqual([...Array(30).keys()].slice(-(names.length - 1)));
    expect(names.length).toBeGreaterThan(8);
  });

  it('goes on where the browser gives no more room, and keeps what is newer when there is room again', async () => {
    const page = await open();
    const quota = await page.context().newCDPSession(page);
    await quota.send('Storage.overrideQuotaForOrigin', { origin: new URL(PAGE).origin, quotaSize: 3_000_000 });

    const found = await page.evaluate(async () => {
      const keeping = kept.browserKeeping({ indexedDB, now: Date.now, patienceMs: 180_000 });
      const random = () => crypto.getRandomValues(new Uint8Array(60_000));
      const large = () => Uint8Array.from({ length: 900_000 }, (_, at) => at * Math.random());
      for (let n = 0; n < 12; n++) await keeping.keepObject(`large ${n}`, large());
      await keeping.keepObject('small', random());
      const sizes = await Promise.all([...Array(12).keys()].map((n) => keeping.object(`large ${n}`)));
      return { kept: sizes.filter(Boolean).length, small: (await keeping.object('small'))?.length };
    });

    expect(found.kept).toBeLessThan(12);
    expect(found.small).toBe(60_000);
  });

  it('opens anew what somebody has removed', async () => {
    const page = await open();

    const found = await page.evaluate(async () => {
      const keeping = kept.browserKeeping({ indexedDB, now: Date.now, patienceMs: 180_000 });
      await keeping.keepObject('one', new Uint8Array(1));
      await new Promise((resolve, reject) =>
        Object.assign(indexedDB.deleteDatabase('gityard'), { onsuccess: resolve, onerror: reject }),
      );
      const gone = await keeping.object('one');
      await keeping.keepObject('two', new Uint8Array(2));
      return [gone === undefined, (await keeping.object('two'))?.length];
    });

    expect(found).toEqual([true, 2]);
  });

  it('keeps nothing, and does not wait, where another holds the database, the browser refuses or never answers', async () => {
    const page = await open();

    const found = await page.evaluate(async () => {
      const answers = async (factory: IDBFactory | undefined, patienceMs = 180_000) => {
        const keeping = kept.browserKeeping({ indexedDB: factory, now: Date.now, patienceMs });
        await keeping.keepObject('one', new Uint8Array(1));
        return [await keeping.object('one'), await keeping.snapshot('a')];
      };
      const throwing = {
        open: () => {
          throw new DOMException('no', 'SecurityError');
        },
      } as unknown as IDBFactory;
      const silent = { open: () => ({}) } as unknown as IDBFactory;
      const newer = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('gityard', 99);
        Object.assign(opening, { onsuccess: () => resolve(opening.result), onerror: reject });
      });
      const held = await answers(indexedDB);
      newer.close();
      return [held, await answers(throwing), await answers(silent, 50), await answers(undefined)];
    });

    expect(found.flat()).toEqual(Array(8).fill(undefined));
  });

  it('takes no snapshot for one that another version has written otherwise', async () => {
    const page = await open();
    const model = sampleYard('2026-03-01T12:00:00.000Z');

    const found = await page.evaluate(async (good) => {
      const keeping = kept.browserKeeping({ indexedDB, now: Date.now, patienceMs: 180_000 });
      await keeping.keepSnapshot('good', { model: good, lookedAt: 1, overwritten: null });
      await keeping.keepSnapshot('bad', { model: { jobs: 'none' }, lookedAt: 1, overwritten: null } as never);
      return [(await keeping.snapshot('good'))?.model.yard, await keeping.snapshot('bad')];
    }, model as never);

    expect(found).toEqual([model.yard, undefined]);
  });
});

async function open(): Promise<Page> {
  const context = await newContext(browser);
  onTestFinished(() => context.close());
  await context.route(PAGE, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><script>${script}</script>` }),
  );
  const page = await context.newPage();
  await page.goto(PAGE);
  return page;
}

async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('./browser-keeping.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [schemasAsData()],
    resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'kept' } },
  });
  const [{ output }] = [built].flat() as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
  return output[0].code;
}
