/** The page against a real yard: `gityard up` with real builds, looked at in a real browser that is never reloaded. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type NodeProcess, startNode, type TemporaryFolder, temporaryFolder, waitFor } from '@gityard/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildPages, launchBrowser, newContext, watchForTrouble } from './testing/real-page.ts';

const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
/** It prints until it is stopped. */
const LONG = ['sh', '-c', 'while sleep 0.2; do date; done'];
const SHORT = ['sleep', '1.5'];

let folder: TemporaryFolder;
let browser: Browser;
let pages: Awaited<ReturnType<typeof buildPages>>;
let yard: NodeProcess;
let address: string;
let url: string;

beforeAll(async () => {
  [folder, browser, pages] = await Promise.all([temporaryFolder(), launchBrowser(), buildPages()]);
  const words = ['up', '--agents', '1', '--no-open', '--port', '0', '--dir', `${folder.path}/yard`];
  const env = { HOME: folder.path, GITYARD_PAGES: pages.folder };
  yard = startNode(PROGRAM, words, { cwd: folder.path, env });
  address = (await yard.waitForLine(/^yard +(\S+)/))[1] ?? '';
  url = (await yard.waitForLine(/^page +(\S+)/))[1] ?? '';
});
afterAll(async () => {
  await browser?.close();
  await yard?.dispose();
  await pages?.remove();
  await folder?.remove();
});

async function gityard<T>(...words: string[]): Promise<T> {
  const program = startNode(PROGRAM, [...words.slice(0, 2), '--json', '--yard', address, ...words.slice(2)], {
    cwd: folder.path,
    env: { HOME: folder.path },
  });
  const { code } = await program.exit;
  expect({ words, code, stderr: code === 0 ? '' : program.stderr.join('\n') }).toEqual({ words, code: 0, stderr: '' });
  return JSON.parse(program.stdout.join('\n')) as T;
}
const add = async (command: readonly string[]) => (await gityard<{ id: string }>('job', 'add', '--', ...command)).id;

/** As somebody who has nothing but Git. */
async function push(path: string, text: string): Promise<void> {
  const clone = `${folder.path}/clone`;
  const git = (...words: string[]) => promisify(execFile)('git', words, { cwd: folder.path });
  await git('clone', '--quiet', '--branch', 'yard', address, clone);
  await writeFile(`${clone}/${path}`, text);
  const inClone = (...words: string[]) =>
    git('-C', clone, '-c', 'user.name=Pia', '-c', 'user.email=pia@example.org', ...words);
  await inClone('add', path);
  await inClone('commit', '--quiet', '--message', 'Please');
  const pushed = async () => {
    await inClone('pull', '--quiet', '--rebase');
    await inClone('push', '--quiet');
    return true;
  };
  // Whoever writes in between is first, as with people.
  await waitFor(pushed, { what: `${path} is pushed` });
}

/** To be seen by nobody once its case has ended. */
async function open(): Promise<Page> {
  const context = await newContext(browser);
  onTestFinished(() => context.close());
  return await context.newPage();
}

const sees = (page: Page, place: string, text: string) => page.locator(place).getByText(text).first().waitFor();

/** As the page's own scripts would. */
const send = (page: Page, wish: object, headers: Record<string, string>) =>
  page.evaluate(
    async ({ wish, headers }) => {
      const sent = { 'content-type': 'application/json', ...headers };
      const response = await fetch('api/v1/commands', { method: 'POST', headers: sent, body: JSON.stringify(wish) });
      return { status: response.status, receipt: (await response.json()) as unknown };
    },
    { wish, headers },
  );

/** How much of a job's log is there. */
async function logBytes(page: Page, job: string): Promise<number> {
  const { entries } = await page.evaluate(async () => {
    const response = await fetch('api/v1/trees/logs');
    return (await response.json()) as { entries: { path: string; sizeBytes: number }[] };
  });
  return entries.filter((it) => it.path.includes(job)).reduce((sum, it) => sum + it.sizeBytes, 0);
}

describe('the page of a live yard', () => {
  it('shows jobs come, run, print and end, and stops one, without a reload', async () => {
    const page = await open();
    const trouble = watchForTrouble(page);
    await page.goto(url);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    expect(page.url()).not.toContain('key');

    const long = await add(LONG);
    await sees(page, 'running-panel', 'while sleep 0.2');
    await add(SHORT);
    await sees(page, 'waiting-panel', 'sleep 1.5');
    await expect.poll(() => logBytes(page, long)).toBeGreaterThan(0);
    const before = await logBytes(page, long);
    await expect.poll(() => logBytes(page, long)).toBeGreaterThan(before);
    expect(trouble.errors).toEqual([]);

    const cancel = { op: 'cancel', target: long, if: { status: 'running' } };
    expect(await send(page, cancel, {})).toMatchObject({ status: 403 });
    expect(await send(page, cancel, { 'x-gityard-page': '1' })).toMatchObject({ receipt: { state: 'applied' } });

    await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
    await sees(page, 'jobs-page', 'Cancelled');
    await sees(page, 'jobs-page', 'sleep 1.5');
    await sees(page, 'jobs-page', 'Succeeded');
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
    expect(await gityard('audit')).toMatchObject({ ok: true, firstViolation: null });
  });

  it('tells why a file of the inbox was refused, and leads from each attempt to its own log', async () => {
    const page = await open();
    await page.goto(new URL('/', url).href);
    const twice = await gityard<{ id: string }>(
      'job',
      'add',
      '--retries',
      '1',
      '--',
      'sh',
      '-c',
      'echo try $GITYARD_ATTEMPT; exit 3',
    );
    await gityard('job', 'wait', twice.id, '--timeout', '180s').catch(() => undefined);
    await push('queue/stale.json', JSON.stringify({ op: 'cancel', target: twice.id, if: { status: 'running' } }));

    await sees(page, 'needs-you-panel', 'status is failed, not running');
    await page.goto(new URL(`/#/jobs/${twice.id}`, url).href);
    const attempts = page.locator('job-page').getByRole('link', { name: 'Its log' });
    await attempts.nth(1).click();
    await sees(page, 'log-page', 'try 1');
    await page.goBack();
    await attempts.first().click();
    await sees(page, 'log-page', 'try 2');
  });

  it('lets one who has not the key look, and do nothing', async () => {
    const page = await open();
    await page.goto(new URL('/', url).href);

    const answer = await send(page, { command: ['true'] }, { 'x-gityard-page': '1' });

    expect(answer.status).toBe(401);
    await page.goto(new URL('/#/jobs', url).href);
    await sees(page, 'jobs-page', 'sleep 1.5');
  });
});
