import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardOnGithub } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { type Visit, visit } from './visit.ts';

const NOW = new Date().toISOString();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const THEMES = ['light', 'dark', 'contrast'];
let browser: Browser;
let yard: YardOnGithub;
let axe: string;

beforeAll(async () => {
  const model = sampleYard(NOW);
  const pages = await builtPages();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  [browser, yard] = await Promise.all([
    launchBrowser(),
    serveYardOnGithub(pages, { model, ...sampleFiles(model, NOW) }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await yard?.close();
});

describe('every page', () => {
  it('breaks no rule of WCAG 2.2 AA in any theme', async () => {
    const it = await visit(browser, { url: yard.url });
    await it.page.evaluate(axe);

    const broken: string[] = [];
    for (const address of ADDRESSES) {
      await it.go(address);
      for (const theme of THEMES) {
        await wear(it, theme);
        broken.push(...(await brokenRules(it)).map((rule) => `${theme} ${address} ${rule}`));
      }
    }

    expect(broken).toEqual([]);
    expect(it.trouble.errors.filter((error) => !ABSENT.test(error))).toEqual([]);
  }, 240_000);

  it('fits a screen of 320 pixels', async () => {
    const { page, go } = await visit(browser, { url: yard.url, options: { viewport: { width: 320, height: 700 } } });

    const tooWide: string[] = [];
    for (const address of ADDRESSES) {
      await go(address);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) tooWide.push(`${address} ${width}`);
    }

    expect(tooWide).toEqual([]);
  });
});

/** The browser tells of every file that is not there, which here says nothing. */
const ABSENT = /Failed to load resource.* 404/;

/** As a choice of the person would, without drawing the page anew for each. */
const wear = ({ page }: Visit, theme: string): Promise<void> =>
  page.evaluate((chosen) => {
    localStorage.setItem('gityard-theme', chosen);
    document.documentElement.dataset.theme = chosen;
    dispatchEvent(new Event('gityard-look'));
  }, theme);

async function brokenRules({ page }: Visit): Promise<string[]> {
  return await page.evaluate(async (rules) => {
    const { axe: it } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<AxeResults> };
    };
    const { violations } = await it.run(document, { runOnly: rules, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, failureSummary }) => `${id} ${target.flat().join(' › ')} ${failureSummary}`),
    );
  }, RULES);
}
