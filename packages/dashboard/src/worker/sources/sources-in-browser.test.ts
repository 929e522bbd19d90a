import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../../scripts/make-folder.ts';
import { type StartedGitea, startMockGitea } from '../../testing/mock-gitea.ts';
import { type StartedGithub, startMockGithub } from '../../testing/mock-github.ts';
import type { Listening } from '../../testing/mock-host.ts';
import { copyOfPages, launchBrowser, newContext, watchForTrouble } from '../../testing/real-page.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import { startSite } from '../../testing/static-site.ts';

let browser: Browser;
let pages: Awaited<ReturnType<typeof copyOfPages>>;
let github: StartedGithub;
let gitea: StartedGitea;
let stranger: StartedGitea;
let site: Listening;
beforeAll(async () => {
  [browser, pages, github, gitea, stranger] = await Promise.all([
    launchBrowser(),
    copyOfPages(),
    startMockGithub(),
    startMockGitea(),
    startMockGitea(),
  ]);
  for (const [yard, { repository }] of Object.entries({ github, gitea, stranger })) {
    const model = sampleYard(new Date().toISOString(), { yard: `yard-on-${yard}` });
    await repository.commit('yard-live', { 'shared/health_dashboard.json': JSON.stringify(model) });
    await repository.commit('yard', { 'yard.json': '{}' });
  }
  const index = join(pages.folder, 'index.html');
  const page = await readFile(index, 'utf8');
  await writeFile(index, page.replace(/connect-src [^;]*/, `connect-src 'self' ${github.url} ${gitea.url}`));
  await writeFile(join(pages.folder, 'config.json'), JSON.stringify({ source: `ghes:${github.url}/acme/yard` }));
  await makeFolder({ repository: gitea.repository.path, folder: join(pages.folder, 'demo') });
  const archive = ['-czf', join(pages.folder, 'incident.tgz'), '-C', join(pages.folder, 'demo'), '.'];
  await promisify(execFile)('tar', archive);
  site = await startSite(pages.folder);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([github, gitea, stranger, site].map((it) => it?.close()));
  await pages?.remove();
});

describe('the sources in a browser', () => {
  it('reads GitHub from the config beside the page, without one preflight', async () => {
    const { page, trouble } = await open('');

    await sees(page, 'yard-on-github');
    expect(github.requests.map((it) => it.method)).not.toContain('OPTIONS');
    expect(github.requests[0]).toMatchObject({ status: 200, charged: true, hasToken: false });
    // The one that looks for a daemon beside the page.
    expect(trouble.errors.filter((it) => !it.includes('404'))).toEqual([]);
  });

  it.each([
    ['a Gitea', () => `gitea:${gitea.url}/acme/yard`],
    ['a folder', () => 'folder:./demo/'],
    ['an archive', () => 'folder:./incident.tgz'],
  ])('reads %s', async (_, source) => {
    const { page, trouble } = await open(`?source=${encodeURIComponent(source())}`);

    await sees(page, 'yard-on-gitea');
    expect(trouble.errors).toEqual([]);
  });

  it('asks no host that the page’s own policy does not name, whatever a link says', async () => {
    const { page } = await open(`?source=${encodeURIComponent(`gitea:${stranger.url}/acme/yard`)}`);

    await page.locator('connection-state').getByText('Offline').first().waitFor();
    expect(stranger.requests).toEqual([]);
  });
});

async function open(query: string): Promise<{ page: Page; trouble: { readonly errors: readonly string[] } }> {
  const context = await newContext(browser, { serviceWorkers: 'allow' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble = watchForTrouble(page);
  await page.goto(`${site.url}/${query}`);
  return { page, trouble };
}

const sees = (page: Page, text: string): Promise<void> => page.locator('header').getByText(text).first().waitFor();
