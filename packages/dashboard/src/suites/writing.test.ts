import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardOnGithub } from '../testing/yard-on-github.ts';
import { visit } from './visit.ts';

let browser: Browser;
let pages: string;

beforeAll(async () => {
  [browser, pages] = await Promise.all([launchBrowser(), builtPages()]);
});
afterAll(() => browser?.close());

describe('writing with a token', () => {
  it('keeps what was typed when it is refused, and sends it when it can', async () => {
    const { page, yard } = await open({ token: 'reads' });
    const dialog = await askFor(page, { repository: 'https://git.example/größe.git', command: 'make "a & b"' });

    await dialog.getByRole('button', { name: 'Add the job' }).click();
    await dialog.getByText('Not sent').waitFor();
    await dialog.getByText('This token has no right to that').waitFor();
    yard.github.rules.tokens.set('reads', { scopes: null, reads: true, writes: true });
    await dialog.getByRole('button', { name: 'Ask again' }).click();
    expect(await dialog.getByLabel('Command').inputValue()).toBe('make "a & b"');
    await dialog.getByRole('button', { name: 'Add the job' }).click();
    await dialog.getByText('In the inbox').waitFor();

    expect(await wishesOf(yard)).toEqual([{ repository: 'https://git.example/größe.git', command: ['make', 'a & b'] }]);
  });

  it('writes a wish once, though its answer was lost and it was sent again', async () => {
    const { page, yard } = await open({ token: 'writes' });
    yard.github.rules.losesAnswers = true;
    const dialog = await askFor(page, { command: 'make once' });
    await dialog.getByRole('button', { name: 'Add the job' }).click();
    await dialog.getByText('Whether it arrived is not known').waitFor();

    yard.github.rules.losesAnswers = false;
    await dialog.getByRole('button', { name: 'Ask again' }).click();
    await dialog.getByRole('button', { name: 'Add the job' }).click();
    await dialog.getByText('In the inbox').waitFor();

    expect(await wishesOf(yard)).toEqual([{ command: ['make', 'once'] }]);
    expect(yard.github.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it.each([
    [
      'a token that has ended',
      ({ github }: YardOnGithub) => github.rules.tokens.clear(),
      /mistyped, revoked or has expired/,
    ],
    [
      'a branch with rules',
      ({ github }: YardOnGithub) =>
        Object.assign(github.rules, { refusal: { status: 422, words: 'Repository rule violations found' } }),
      /lets nobody write to yard/,
    ],
    [
      'a pause that GitHub wants',
      ({ github }: YardOnGithub) => Object.assign(github.rules, { secondary: { retryAfterMs: 60_000 } }),
      /asks to slow down\..*It can be sent again at/,
    ],
  ])('says in words what keeps a wish from being written, and that nothing has changed: %s', async (_, no, words) => {
    const { page, yard } = await open({ token: 'writes' });
    await no(yard);
    const dialog = await askFor(page, { command: 'make' });

    await dialog.getByRole('button', { name: 'Add the job' }).click();
    await dialog.getByText(words).waitFor();

    await dialog.getByText('Nothing has changed.').waitFor();
    expect(await wishesOf(yard)).toEqual([]);
  });
});

describe('writing without a token', () => {
  it('leads to the page of the host with folder, name and text filled in, whatever stands in them', async () => {
    const { page } = await open({});
    const odd = 'echo "50 % & more" #1 +ü?=<b>';
    const dialog = await askFor(page, { command: odd, branch: 'feature/größe' });

    await dialog.getByRole('button', { name: 'Add the job at the host' }).click();
    const link = new URL((await dialog.getByRole('link', { name: 'Open it' }).getAttribute('href')) ?? '');

    expect(link.pathname).toBe('/acme/yard/new/yard');
    expect(link.searchParams.get('filename')).toMatch(/^queue\/[0-9a-hjkmnp-tv-z]{26}\.json$/);
    expect(JSON.parse(link.searchParams.get('value') ?? '')).toEqual({
      branch: 'feature/größe',
      command: ['echo', '50 % & more', '#1', '+ü?=<b>'],
    });
  });

  it('gives the text to be pasted where it is too long for an address', async () => {
    const { page, context } = await open({});
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const words = Array.from({ length: 2_000 }, (_, at) => `word${at}`);
    const dialog = await askFor(page, { command: words.join(' ') });

    await dialog.getByRole('button', { name: 'Add the job at the host' }).click();
    await dialog.getByText('too long for an address').waitFor();
    const link = new URL((await dialog.getByRole('link', { name: 'Open it' }).getAttribute('href')) ?? '');
    await dialog.getByRole('button', { name: 'Copy the text' }).click();
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();

    expect([...link.searchParams.keys()]).toEqual(['filename']);
    expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual({ command: words });
  });
});

async function open({ token }: { token?: string }) {
  const yard = await serveYardOnGithub(pages, { model: sampleYard(new Date().toISOString()) });
  onTestFinished(() => yard.close());
  const { page, context } = await visit(browser, { url: `${yard.url}#/settings` });
  if (token === undefined) return { page, context, yard };
  const field = page.locator('token-form input[type=password]').first();
  await field.fill(token);
  await field.press('Enter');
  await page.getByText('one is in use').first().waitFor();
  return { page, context, yard };
}

async function askFor(page: Page, fields: Readonly<Record<string, string>>) {
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  await page.getByRole('button', { name: 'Add a job' }).click();
  const dialog = page.locator('action-dialog');
  for (const [name, value] of Object.entries(fields)) await dialog.locator(`[name=${name}]`).fill(value);
  return dialog;
}

/** What lies in the inbox. */
async function wishesOf({ github: { repository } }: YardOnGithub): Promise<readonly unknown[]> {
  const entries = (await repository.entries((await repository.head('yard')) ?? '', 'all')) ?? [];
  const files = entries.filter(({ path, type }) => type === 'blob' && path.startsWith('queue/'));
  return await Promise.all(files.map(async ({ oid }) => JSON.parse(`${await repository.blob(oid)}`) as unknown));
}
