import { newTraceparent, type ReadModel } from '@gityard/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { largeYard } from '../../testing/large-yard.ts';
import { memoryRepository } from '../../testing/memory-repository.ts';
import { buildPages, launchBrowser, newContext, serveYard, watchForTrouble } from '../../testing/real-page.ts';
import { FAILED, FAILED_LOG, RUNNING, RUNNING_LOG, sampleJobFiles } from '../../testing/sample-job-files.ts';
import { shardOf } from '../../testing/sample-repository.ts';
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

const now = (): string => new Date().toISOString();

const CHUNKS = 12;
/** So many are fetched for the end. */
const LAST_CHUNKS = 2;

async function open(hash: string, model: ReadModel = sampleYard(now())) {
  const yard = await serveYard(pages.folder, model);
  const context = await newContext(browser);
  onTestFinished(async () => {
    await context.close();
    await yard.goAway();
  });
  const files = sampleJobFiles(now());
  await files.serve(context);
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(`${yard.url}${hash}`);
  return { page, yard, files, trouble };
}

const sees = (page: Page, place: string, text: string): Promise<void> =>
  page.locator(place).getByText(text).first().waitFor();

describe('jobs-page', () => {
  it('draws a thousand jobs with few nodes, keeps the focus, and filters by its address', async () => {
    const [sample] = sampleYard(now()).jobs;
    const jobs = Array.from({ length: 1_000 }, (_, at) => ({
      ...sample,
      id: `job-${at}`,
      status: 'queued',
      branch: `b${at}`,
      position: at + 1,
    }));
    const { page, trouble } = await open('#/jobs', sampleYard(now(), { jobs }));
    const list = page.getByRole('list', { name: 'Waiting jobs' });
    await sees(page, 'jobs-page', 'b3 @');

    expect(await list.locator('li').count()).toBeLessThan(40);
    expect(await list.locator('li').first().getAttribute('aria-setsize')).toBe('1000');
    await list.locator('a').first().focus();
    await page.mouse.wheel(0, 30_000);
    await sees(page, 'jobs-page', 'b470 @');
    expect(await list.locator('a:focus').getAttribute('href')).toBe('#/jobs/job-0');

    await page.getByLabel('Filter jobs').fill('branch:b999');
    await sees(page, '.found', '1 of 1005 jobs');
    expect(page.url()).toContain('q=branch%3Ab999');
    for (const view of ['Table', 'Dependencies', 'Waves', 'Timeline']) {
      await page.getByRole('link', { name: view, exact: true }).click();
      await sees(page, 'jobs-page', view === 'Table' ? '1 job' : view);
    }
    expect(trouble.errors).toEqual([]);
  });

  it('draws of a long table the rows near what is seen, all of one height', async () => {
    const model = largeYard(now());
    const { page } = await open('#/jobs?view=table', model);
    const rows = page.locator('jobs-page tbody [data-row]');
    await sees(page, 'jobs-page', '1050 jobs');
    expect(await rows.count()).toBeLessThan(60);

    await page.mouse.move(600, 600);
    // The table may still grow while its rows are measured.
    const last = async () => {
      await page.mouse.wheel(0, 1_000_000);
      return await page.locator('jobs-page tbody [aria-rowindex="1051"]').count();
    };
    await expect.poll(last).toBe(1);

    expect(await rows.count()).toBeLessThan(60);
    expect(await page.locator('jobs-page table').getAttribute('aria-rowcount')).toBe('1051');
    const heights = await rows.evaluateAll((all) => all.map((row) => Math.round(row.getBoundingClientRect().height)));
    expect(new Set(heights).size).toBe(1);
  });

  it('shows all of a job: why it failed, its tests, findings, artifacts, and the end of its log', async () => {
    const traces = { trace: 'https://traces.example/{traceId}' };
    const { page, trouble } = await open(`#/jobs/${FAILED}`, sampleYard(now(), traces));

    for (const text of [
      'Why it failed',
      'FirewallIT.opensPort',
      'cannot find symbol: class VnfService',
      'target/vnf-broker-4.21.jar',
      `claim for agent build2`,
      'build4 fell silent',
      'BUILD FAILURE',
    ])
      await sees(page, 'job-page', text);
    const trace = await page.getByRole('link', { name: 'Its trace' }).getAttribute('href');
    expect(trace).toBe(`https://traces.example/${newTraceparent(FAILED).split('-')[1]}`);
    await page.getByRole('link', { name: 'Open the log' }).click();
    await sees(page, 'log-page', 'BUILD FAILURE');
    expect(trouble.errors).toEqual([]);
  });

  it('says which job is none, and which are many', async () => {
    const { page } = await open('#/jobs/nothing');
    await sees(page, 'job-page', 'There is no such job');

    await page.goto(page.url().replace('nothing', '01kar'));
    await sees(page, 'job-page', 'More than one job begins with 01kar');
  });

  it('leads from a job that was split to the logs of its parts, for it has none itself', async () => {
    const [id, ...parts] = ['01karsplit', '01karpart1', '01karpart2'];
    const at = now();
    const attempt = { number: 1, agent: 'build1', token: 1, startedAt: at, endedAt: at, status: 'split' };
    const split = { kind: 'distributed', at, children: parts, waves: 1 };
    const job = { id, status: 'queued', submittedAt: at, token: 1, attempts: [attempt], split };
    const files = new Map([[`shared/jobs/${shardOf(`${id}`)}/${id}.json`, JSON.stringify(job)]]);
    const yard = await serveYard(pages.folder, sampleYard(at), { repository: memoryRepository(files) });
    const context = await newContext(browser);
    const page = await context.newPage();
    onTestFinished(async () => {
      await context.close();
      await yard.goAway();
    });
    await page.goto(`${yard.url}#/jobs/${id}`);
    await sees(page, 'job-page', 'Attempt 1 on');

    const logs = page.getByRole('link', { name: 'Its log' });
    const hrefs = await logs.evaluateAll((all) => all.map((it) => it.getAttribute('href')));
    expect(hrefs).toEqual(parts.map((part) => `#/jobs/${part}/log`));
    expect(await page.locator('log-tail').count()).toBe(0);
  });
});

describe('log-page', () => {
  it('finds, folds, and keeps the lines that one chose in the address', async () => {
    const { page, trouble } = await open(`#/jobs/${FAILED}/log`);
    await sees(page, 'log-page', 'a long line that goes on');
    expect(await page.locator('.l').count()).toBeLessThan(70);
    expect(await page.locator('.l a[href*="evil"]').count()).toBe(0);

    await page.getByLabel('Search the log').fill('cannot find');
    await sees(page, '.found', '1 of 1 line');
    await sees(page, 'mark', 'cannot find');
    await page.getByLabel('Search the log').fill('lib-77');
    await sees(page, 'log-paper', 'lib-77');
    await page.getByLabel('Line 80').click();
    await page.getByLabel('Line 82').click({ modifiers: ['Shift'] });
    await sees(page, '.foot', 'Lines 80-82');

    await page.goto('about:blank');
    await page.goBack();
    await sees(page, '.foot', 'Lines 80-82');
    await sees(page, '.l.chosen', 'lib-77');
    await page.locator('log-paper').press('e');
    await sees(page, '.l.error', 'cannot find symbol');
    await page.locator('.l.error.chosen').waitFor();
    expect(page.url()).toMatch(/[?&]lines=\d+$/);
    expect(trouble.errors).toEqual([]);
  });

  it('follows a build that runs, and shows its log to the end', async () => {
    const { page, files } = await open(`#/jobs/${RUNNING}/log`);
    await sees(page, 'log-page', 'compiling 52 modules');

    files.put(
      'logs',
      `${RUNNING_LOG}.1.log`,
      `${Array.from({ length: 500 }, (_, row) => `row ${row}`).join('\n')}\nhalf a`,
    );
    await sees(page, 'log-paper', 'row 499');
    files.put('logs', `${RUNNING_LOG}.2.log`, ' line\nlast\n');
    files.put('logs', `${RUNNING_LOG}.json`, '{}');

    await sees(page, 'log-paper', 'half a line');
    await sees(page, 'log-page', '502 lines');
    await page.getByRole('button', { name: 'Follow' }).waitFor({ state: 'detached' });
  });

  it('shows the end of a large log before anything of its beginning has come', async () => {
    const { page, files } = await open('#/jobs');
    for (let chunk = 1; chunk <= CHUNKS; chunk++) files.put('logs', `${FAILED_LOG}.${chunk}.log`, `chunk ${chunk}\n`);
    let letCome = (): void => undefined;
    const beginning = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    let blobs = 0;
    await page.context().route(/\/api\/v1\/blobs\//, async (route) => {
      if (++blobs > LAST_CHUNKS) await beginning;
      await route.fallback();
    });

    await page.evaluate((hash) => Object.assign(location, { hash }), `#/jobs/${FAILED}/log`);
    await sees(page, 'log-paper', `chunk ${CHUNKS}`);
    await sees(page, 'log-page', `the last ${LAST_CHUNKS} lines`);
    letCome();

    await sees(page, 'log-page', `${CHUNKS} lines`);
  });

  it('draws hostile lines as text, and hands the log over as it is', async () => {
    const { page, files, trouble } = await open(`#/jobs/${FAILED}/log`);
    files.put('logs', `${FAILED_LOG}.1.log`, '<img src=x onerror=alert(1)>\u202Eevil\u001b[2J\n');
    await page.reload();
    await sees(page, 'log-paper', '<img src=x onerror=alert(1)>⟨U+202E⟩evil');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);

    expect(download.suggestedFilename()).toBe(`${FAILED}_20260301T110000Z.log`);
    expect(trouble.errors).toEqual([]);
  });
});
