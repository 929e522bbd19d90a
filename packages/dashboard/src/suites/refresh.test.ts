import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { visit } from './visit.ts';

const NOW = new Date().toISOString();
const REFRESHES = 20;
const SNAPSHOT = /contents\/shared\/health_dashboard\.json/;
let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

describe('refreshing', () => {
  it('leaves the focus where it is, on every page, over twenty refreshes', async () => {
    const { page, go, refresh } = await open();

    const lost: string[] = [];
    for (const address of ADDRESSES) {
      await go(address);
      const before = await focusLast(page);
      await refresh(REFRESHES);
      if (!(await hasFocusStill(page))) lost.push(`${address} ${before}`);
    }

    expect(lost).toEqual([]);
  }, 600_000);

  it('speaks of many changes at once, and not of each', async () => {
    const { page, refresh, model } = await open();
    await page.evaluate(noteWhatIsSpoken);
    const begun = Date.now();
    const [done] = model.finished;
    const ended = (at: number) => ({
      ...done,
      id: `01new${at}`,
      repository: `https://git.example.com/acme/part-${at}.git`,
    });

    for (let n = 0; n < REFRESHES; n++) await refresh(1, { finished: [...Array(n + 1).keys()].map(ended) });
    await page.waitForFunction(
      (last) => (window as unknown as Heard).spoken.join().includes(last),
      `part-${REFRESHES - 1} ended`,
    );
    const spoken = await page.evaluate(() => (window as unknown as Heard).spoken);

    expect(spoken.length).toBeGreaterThan(0);
    expect(spoken.length).toBeLessThanOrEqual(2 + Math.floor((Date.now() - begun) / 5_000));
  });
});

interface Heard {
  spoken: string[];
}

/** Runs in the page. */
function noteWhatIsSpoken(): void {
  const region = document.querySelector('app-shell')?.shadowRoot?.querySelector('[role=status].unseen');
  const heard = Object.assign(window as unknown as Heard, { spoken: [] as string[] });
  if (!region) throw new Error('the page has no place from which it speaks');
  new MutationObserver(() => heard.spoken.push(region.textContent ?? '')).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}

async function open() {
  const model = sampleYard(NOW);
  const yard = await serveYardOnGithub(pages, { model, ...sampleFiles(model, NOW) });
  onTestFinished(() => yard.close());
  yard.github.rules.limit = 5_000;
  const it = await visit(browser, { url: yard.url });
  const head = await yard.github.repository.head('yard');
  let sequence = 1_000;
  let changes: object = {};
  const others = yard.github.answer.bind(yard.github);
  // Another one each time that somebody looks.
  yard.github.answer = async (request) => {
    if (!SNAPSHOT.test(request.url.pathname)) return others(request);
    const shown = sampleYard(new Date().toISOString(), { ...changes, sequence: ++sequence, yard: `acme ${sequence}` });
    const body = JSON.stringify({ ...shown, head });
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  };
  const refresh = async (times: number, to: object = {}): Promise<void> => {
    changes = to;
    await it.page.evaluate(lookAgain, times);
  };
  return { ...it, refresh, model };
}

/** Runs in the page, which has drawn what is new before it looks once more. */
async function lookAgain(times: number): Promise<void> {
  interface Shell {
    readonly pageElement?: { readonly yard?: { tell(message: object): void } };
    readonly shadowRoot: ShadowRoot;
  }
  const shell = document.querySelector('app-shell') as unknown as Shell;
  const name = () => /acme \d+/.exec(shell.shadowRoot.querySelector('header')?.textContent ?? '')?.[0];
  for (let n = 0; n < times; n++) {
    const before = name();
    shell.pageElement?.yard?.tell({ kind: 'look' });
    while (name() === before) await new Promise(requestAnimationFrame);
  }
}

/** On the last thing of the page that takes it; answers what that is. */
const focusLast = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const all = gityardAll() as HTMLElement[];
    const main = all.find((it) => it.tagName === 'MAIN');
    const inMain = (it: HTMLElement): boolean => {
      let at: Node | null = it;
      while (at && at !== main) at = at.parentNode instanceof ShadowRoot ? at.parentNode.host : at.parentNode;
      return at === main;
    };
    const last = all
      .filter(
        (it) => it.matches('a[href], button:enabled, select, input, summary') && it.checkVisibility() && inMain(it),
      )
      .at(-1);
    last?.focus();
    Object.assign(window, { focused: last });
    return `${last?.tagName} ${last?.textContent?.trim().slice(0, 40)}`;
  });

const hasFocusStill = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { focused } = window as unknown as { focused: Element | undefined };
    const root = focused?.getRootNode() as Document | ShadowRoot | undefined;
    return focused === undefined || (focused.isConnected && root?.activeElement === focused);
  });

declare const gityardAll: () => Element[];
