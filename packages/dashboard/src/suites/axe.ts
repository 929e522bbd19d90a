/** What breaks a rule of WCAG 2.2 AA on a page as it is drawn now. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const THEMES = ['light', 'dark', 'contrast'] as const;

export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
}

/** As a choice of the person would, without drawing the page anew for each. */
const wear = (page: Page, theme: string): Promise<void> =>
  page.evaluate((chosen) => {
    localStorage.setItem('gityard-theme', chosen);
    document.documentElement.dataset.theme = chosen;
    dispatchEvent(new Event('gityard-look'));
  }, theme);

/** `rules`: names of single ones; left out: all of WCAG 2.2 AA. */
export async function brokenRules(page: Page, rules: readonly string[] = LEVELS): Promise<string[]> {
  return await page.evaluate(
    async (runOnly) => {
      const { axe: it } = window as unknown as {
        axe: { run(root: Document, options: object): Promise<AxeResults> };
      };
      const { violations } = await it.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ target, failureSummary }) => `${id} ${target.flat().join(' › ')} ${failureSummary}`),
      );
    },
    [...rules],
  );
}

/** In every theme; each with its name before it. */
export async function brokenInThemes(page: Page): Promise<string[]> {
  const broken: string[] = [];
  for (const theme of THEMES) {
    await wear(page, theme);
    broken.push(...(await brokenRules(page)).map((rule) => `${theme} ${rule}`));
  }
  return broken;
}
