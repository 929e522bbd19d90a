/** A long log in the page: from its last bytes to its last line on the screen, and from words to where they stand in it. */
import type { Browser } from 'playwright-core';
import { LAST_LINE, LOGGED_JOB, SOUGHT } from './large-folder.ts';
import type { ServedPage } from './page-server.ts';

export interface LogVisit {
  readonly tailMs: number;
  readonly findMs: number;
}

export async function measureLog(browser: Browser, served: ServedPage): Promise<LogVisit> {
  const page = await browser.newPage();
  try {
    await page.goto(`${served.url}#/jobs/${LOGGED_JOB}/log`);
    const seen = await page.waitForFunction(seenAt, LAST_LINE, { polling: 'raf' });
    const tailMs = Number(await seen.jsonValue()) - served.tailSentAt();
    // What stands before it comes after it; words are counted in all of it.
    await page
      .locator('log-page header')
      .getByText(/^\d+ lines$/)
      .waitFor();
    const search = page.locator('log-page input[type=search]');
    const found = page.locator('log-page .found');
    await search.fill('nothing like it');
    await found.getByText('Not found').waitFor();
    await page.evaluate(noteAnswer, `of ${served.finds} lines`);
    await search.fill(SOUGHT);
    await page.waitForFunction(() => 'answeredMs' in window);
    return { tailMs, findMs: await page.evaluate(() => (window as unknown as { answeredMs: number }).answeredMs) };
  } finally {
    await page.close();
  }
}

/** These run in the page. When a line stands in the log, in milliseconds since 1970; 0: not yet. */
function seenAt(line: string): number {
  const inPage = document.querySelector('app-shell')?.shadowRoot?.querySelector('log-page')?.shadowRoot;
  const paper = inPage?.querySelector('log-paper')?.shadowRoot;
  return paper?.textContent?.includes(line) ? performance.timeOrigin + performance.now() : 0;
}

/** From the input to the words that say how many there are. */
function noteAnswer(words: string): void {
  const inPage = document.querySelector('app-shell')?.shadowRoot?.querySelector('log-page')?.shadowRoot;
  const said = inPage?.querySelector('.found');
  if (!inPage || !said) throw new Error('there is no log');
  let from = Number.NaN;
  inPage.addEventListener(
    'input',
    () => {
      from = performance.now();
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (said.textContent?.includes(words)) Object.assign(window, { answeredMs: performance.now() - from });
  }).observe(said, { childList: true, characterData: true, subtree: true });
}
