import type { ReadModel } from '@gityard/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildPages, launchBrowser, newContext, serveYard, watchForTrouble } from '../../testing/real-page.ts';
import { serveFiles, serverFiles } from '../../testing/sample-server-files.ts';
import { sampleYard } from '../../testing/sample-yard.ts';

let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;
beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), buildPages()]);
});
afterAll(async () => {
  await browser?.close();
  await pages?.remove();
});

describe('pages of the servers', () => {
  it('show one server with its past, found by the table and its filter', async () => {
    const { page, trouble } = await open(sampleYard(now()), '#/servers?q=pool:linux');
    await page.getByRole('rowheader', { name: 'build4' }).waitFor();
    expect(await page.getByRole('rowheader').count()).toBe(3);

    await page.getByRole('button', { name: 'CPU' }).click();
    await page.locator('[aria-sort=descending]').getByText('CPU').waitFor();
    expect(await page.getByRole('rowheader').allInnerTexts()).toMatchObject(
      [/build1/, /build4/, /build2/].map((it) => expect.stringMatching(it)),
    );

    await page.getByRole('link', { name: 'build4' }).click();
    await page
      .locator('health-card')
      .getByText(/Silent \d+ times/)
      .waitFor();
    await page.locator('facts-card').getByText('bubblewrap').waitFor();
    await page.locator('builds-card').getByText('Last 20 jobs').waitFor();
    await page
      .locator('machine-card')
      .getByText(/hourly readings/)
      .waitFor();
    await page.locator('written-card').getByText('drain server build1: new disk').waitFor();
    expect(trouble.errors).toEqual([]);
  });

  it('draw of a hundred servers and a thousand jobs only what can be seen, to the last of them', async () => {
    const { page } = await open(crowd(), '#/servers');
    await page.getByText('100 servers.').waitFor();
    const onServers = await nodesOf(page);

    // Whichever that is: those that fall silent meanwhile stand first. The table may still grow while its rows are measured.
    const last = async () => {
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      return await page.locator('servers-page tr[aria-rowindex="101"]').count();
    };
    await expect.poll(last).toBe(1);
    await page.goto(page.url().replace(/#.*/, '#/'));
    await page.locator('servers-panel').getByText('All 100 servers in full').waitFor();

    expect([onServers, await nodesOf(page)].every((nodes) => nodes < 3_000)).toBe(true);
  });

  it('keep every server readable on a narrow phone', async () => {
    for (const [hash, place] of [
      ['#/servers', 'servers-page'],
      ['#/servers/build1', 'health-card'],
      ['#/', 'servers-panel'],
    ] as const) {
      const { page } = await open(sampleYard(now()), hash, 320);
      await page.locator(place).getByText('build1').first().waitFor({ state: 'attached' });

      expect(await page.evaluate('document.documentElement.scrollWidth'), hash).toBeLessThanOrEqual(320);
    }
  });
});

const now = (): string => new Date().toISOString();

async function open(model: ReadModel, hash: string, width = 1280) {
  const yard = await serveYard(pages.folder, model);
  const context = await newContext(browser, { viewport: { width, height: 900 } });
  const page = await context.newPage();
  onTestFinished(async () => {
    await context.close();
    await yard.goAway();
  });
  const trouble = watchForTrouble(page);
  await serveFiles(page, serverFiles(now()));
  await page.goto(`${yard.url}/${hash}`);
  return { page, trouble };
}

/** Shadows included: what a browser has to lay out. */
const nodesOf = (page: Page): Promise<number> =>
  page.evaluate(
    '(function count(root) { let n = 0; for (const it of root.querySelectorAll("*")) n += 1 + (it.shadowRoot ? count(it.shadowRoot) : 0); return n; })(document)',
  );

function crowd(): ReadModel {
  const yard = sampleYard(now());
  const agents = Array.from({ length: 100 }, (_, at) => ({
    ...yard.agents[at % 5],
    id: `build${String(at).padStart(3, '0')}`,
    health: 'fresh',
    lastBeatAt: now(),
    // However long the machine takes: who is late stands higher.
    nextBeatBy: new Date(Date.now() + 3_600_000).toISOString(),
  }));
  const jobs = Array.from({ length: 1000 }, (_, at) => ({
    ...yard.jobs[at < 37 ? at % 3 : 3 + (at % 5)],
    id: `01job${at}`,
    agent: at < 37 ? `build${String(at).padStart(3, '0')}` : null,
  }));
  return sampleYard(now(), { agents, jobs });
}
