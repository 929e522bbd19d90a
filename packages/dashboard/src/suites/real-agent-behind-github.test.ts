/** What a page writes through the API of GitHub, and a real agent on the same repository takes up or refuses. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { git, type NodeProcess, startNode, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { GithubMock } from '../testing/mock-github.ts';
import { MockRepository } from '../testing/mock-repository.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { servePages } from '../testing/yard-on-github.ts';
import { visit } from './visit.ts';

const PROGRAM = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const QUICK = { heartbeat: { intervalSeconds: 2 }, lease: { seconds: 20 }, poll: { seconds: 0.5 } };

let folder: TemporaryFolder;
let browser: Browser;
let agent: NodeProcess;
let repository: MockRepository;
let site: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const yard = join(folder.path, 'yard.git');
  const env = { HOME: folder.path, GITYARD_HOME: join(folder.path, 'home'), GITYARD_YARD: yard, TZ: 'UTC' };
  const begun = startNode(PROGRAM, ['init', yard, '--name', 'acme'], { cwd: folder.path, env });
  expect(await begun.exit).toMatchObject({ code: 0 });
  repository = MockRepository.at(yard);
  const config = JSON.parse(await git(['show', 'yard:yard.json'], { cwd: yard })) as object;
  await repository.commit('yard', { 'yard.json': JSON.stringify({ ...config, ...QUICK }) });
  await mkdir(env.GITYARD_HOME);
  const policy = { repositories: [], commands: true, sandbox: 'none', unsandboxed: true };
  await writeFile(join(env.GITYARD_HOME, 'policy.json'), JSON.stringify(policy), { mode: 0o600 });
  agent = startNode(PROGRAM, ['agent', 'run', '--agent', 'build1'], { cwd: folder.path, env });
  await agent.waitForLine(/has joined/);
  const github = new GithubMock(repository);
  [browser, site] = await Promise.all([launchBrowser(), builtPages().then((pages) => servePages(pages, { github }))]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await agent?.dispose();
  await repository?.close();
  await folder?.remove();
});

describe('a wish that is written with a token', () => {
  it('is taken up by an agent, builds, and ends on the page that nobody loaded again', async () => {
    const page = await withToken();
    await wish(page, { command: 'echo built-through-github' });

    await seesIn(page, 'Taken up');
    await page
      .locator('action-dialog')
      .getByRole('link', { name: /^[0-9a-z]{6,}/ })
      .click();

    await page.locator('job-page').getByText('Succeeded').first().waitFor();
  });

  it('is refused with the reason that lies beside it, and changes nothing', async () => {
    const page = await withToken();
    await wish(page, { repository: 'ext::sh -c id', command: 'true' });

    await seesIn(page, 'Refused');
    await seesIn(page, 'must be on one line a path');
    await seesIn(page, 'Nothing has changed.');
  });
});

async function withToken(): Promise<Page> {
  const { page } = await visit(browser, { url: `${site.url}#/settings` });
  const field = page.locator('token-form input[type=password]').first();
  await field.fill('writes');
  await field.press('Enter');
  await page.getByText('one is in use').first().waitFor();
  return page;
}

async function wish(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.waitForFunction(() => customElements.get('notice-bar') !== undefined);
  await page.getByRole('button', { name: 'Add a job' }).click();
  const dialog = page.locator('action-dialog');
  for (const [name, value] of Object.entries(fields)) await dialog.locator(`[name=${name}]`).fill(value);
  await dialog.getByRole('button', { name: 'Add the job' }).click();
}

const seesIn = (page: Page, text: string) => page.locator('action-dialog').getByText(text).first().waitFor();
