/** What breaks a rule of WCAG 2.2 AA on a page as it is drawn now. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What they say hangs on colours and on lines round things; all other rules judge words, roles and what is to be seen. */
const OF_COLOURS: readonly string[] = ['color-contrast', 'link-in-text-block', 'target-size'];
/** How a page looks: a theme of ours, with the wishes that the system tells of. */
export interface Look {
  readonly name: string;
  readonly theme: 'auto' | 'light' | 'dark' | 'contrast';
  readonly media?: Parameters<Page['emulateMedia']>[0];
}
export const THEMES: readonly Look[] = [
  { name: 'light', theme: 'light' },
  { name: 'dark', theme: 'dark' },
  { name: 'contrast', theme: 'contrast' },
];
const NO_WISHES = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' } as const;

export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
}

/** As a choice of the person would, without drawing the page anew for each. */
export async function wear(page: Page, { theme, media }: Look): Promise<void> {
  await page.emulateMedia({ ...NO_WISHES, ...media });
  await page.evaluate((chosen) => {
    localStorage.setItem('gityard-theme', chosen);
    document.documentElement.dataset.theme = chosen;
    dispatchEvent(new Event('gityard-look'));
  }, theme);
}

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

/**
 * In each look, with its name before it. The first is judged by all rules, and so is each that shows other things than the
 * first; what shows the same in other colours can only break the rules that hang on those.
 */
export async function brokenInLooks(page: Page, looks: readonly Look[]): Promise<string[]> {
  const broken: string[] = [];
  let judged: string | undefined;
  for (const look of looks) {
    await wear(page, look);
    const seen = await page.evaluate(whatIsSeen);
    const found = await brokenRules(page, seen === judged ? OF_COLOURS : LEVELS);
    judged ??= seen;
    broken.push(...found.map((rule) => `${look.name} ${rule}`));
  }
  return broken;
}

/** Runs in the page: its elements in their order, with all that they say of themselves to those who cannot see them. */
function whatIsSeen(): string {
  return gityardAll()
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((element) => {
      const said = [...element.attributes].filter(({ name }) =>
        /^(?:role|aria-|alt$|title$|for$|type$|tabindex$)/.test(name),
      );
      return `${element.localName} ${said.map(({ name }) => name).join()}`;
    })
    .join('\n');
}

declare const gityardAll: () => Element[];
