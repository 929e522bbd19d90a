import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@gityard/domain';
import { git, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentContext } from '../context.ts';
import { NOTHING_ALLOWED } from '../policy.ts';
import { Storage } from '../storage.ts';
import { cacheFor } from './cache-for.ts';

describe('cache-for', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let repository: string;
  let commits: { main: string; old: string; fork: string };
  beforeAll(async () => {
    folder = await temporaryFolder();
    repository = join(folder.path, 'repository');
    await mkdir(repository);
    const run = async (...words: string[]) => (await git(words, { cwd: repository })).trim();
    const commit = async (text: string) => {
      await writeFile(join(repository, 'a.txt'), text);
      await run('add', '--all');
      await run('commit', '--quiet', '--message', text);
      return run('rev-parse', 'HEAD');
    };
    await run('init', '--quiet', '--initial-branch', 'main');
    const old = await commit('one');
    const main = await commit('two');
    await run('checkout', '--quiet', '-b', 'fork');
    commits = { old, main, fork: await commit('three') };
    await run('checkout', '--quiet', 'main');
  });
  afterAll(() => folder.remove());

  async function accessOf(job: Partial<Job>, policy: Partial<typeof NOTHING_ALLOWED> = {}) {
    const home = join(folder.path, 'home');
    const context = {
      self: { home },
      policy: { ...NOTHING_ALLOWED, repositories: [repository], ...policy },
      storage: new Storage({ home, settings: {}, env: {}, onTrouble: () => undefined }),
    } as unknown as AgentContext;
    const asked = { repository, branch: 'main', commit: null, noCache: false, ...job } as Job;
    return cacheFor(context, asked, new AbortController().signal);
  }
  const mayWrite = async (...of: Parameters<typeof accessOf>) => (await accessOf(...of))?.mayWrite;

  it('lets builds of trusted branches write, in the scope of their repository', async () => {
    expect(await accessOf({})).toMatchObject({ scope: repository, mayWrite: true });
    expect(await mayWrite({ commit: commits.main })).toBe(true);
    expect(await mayWrite({ commit: commits.old })).toBe(true);
    expect(await mayWrite({ branch: null })).toBe(true);
    expect(await mayWrite({ branch: null, commit: commits.old })).toBe(true);
  });

  it('lets others only read: another branch, or a commit that is not part of the branch that it names', async () => {
    expect(await mayWrite({ branch: 'fork' })).toBe(false);
    expect(await mayWrite({ branch: null, commit: commits.fork })).toBe(false);
    expect(await mayWrite({ branch: null }, { trustedRefs: ['fork'] })).toBe(false);
    expect(await mayWrite({ commit: commits.fork })).toBe(false);
    expect(await mayWrite({ commit: 'f'.repeat(40) })).toBe(false);
    expect(await mayWrite({}, { trustedRefs: [] })).toBe(false);
    expect(await mayWrite({}, { repositories: [] })).toBe(false);
  });

  it('gives none to who wants none, or builds no repository', async () => {
    expect(await accessOf({ noCache: true })).toBeUndefined();
    expect(await accessOf({ repository: null })).toBeUndefined();
  });
});
