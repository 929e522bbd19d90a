/** Who gets which home, and packages that travel by the cache: with the real NuGet. */
import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accessTo } from '../cache/access-to.ts';
import { FolderCache } from '../cache/folder-cache.ts';
import { tieredCache } from '../cache/tiered-cache.ts';
import { runJob } from '../run-job.ts';
import { repository, request, temporaryFolder } from '../specs/world.ts';
import { homeOf, removeOldHomes } from './home-of.ts';

const cacheAt = (folder: string) =>
  tieredCache({ near: new FolderCache(folder, { budgetBytes: 1 << 30 }), far: [], onTrouble: () => undefined });

describe('the home of a build', () => {
  const at = { root: '/root', workspace: '/root/workspaces/b1-1' };
  const cache = (mayWrite: boolean, scope = 'https://one') => accessTo(cacheAt('/nowhere'), { scope, mayWrite });
  const home = (repositoryOf: string | null, access?: ReturnType<typeof cache>) =>
    homeOf(request({ job: { repository: repositoryOf }, ...(access ? { cache: access } : {}) }), at);

  it('is shared by trusted builds of one repository, and by nobody else', () => {
    expect(home('https://one', cache(true))).toMatch(/^\/root\/homes\/[0-9a-f]{32}$/);
    expect(home('https://one', cache(true))).toBe(home('https://one', cache(true)));
    expect(home('https://two', cache(true, 'https://two'))).not.toBe(home('https://one', cache(true)));
    const own = '/root/workspaces/b1-1/home';
    expect(home('https://one', cache(false))).toBe(own);
    expect(home('https://one', cache(true, 'https://one job b0'))).toBe(own);
    expect(home('https://one')).toBe(own);
    expect(home(null)).toBe('/root/home');
  });

  it('goes when its repository was not built for long', async () => {
    const root = temporaryFolder();
    for (const name of ['old', 'new']) mkdirSync(join(root, 'homes', name), { recursive: true });
    utimesSync(join(root, 'homes', 'old'), 1, 1);

    expect(await removeOldHomes(root, new Date('2020-01-01'))).toBe(1);
    expect(readdirSync(join(root, 'homes'))).toEqual(['new']);
    expect(await removeOldHomes(join(root, 'nowhere'), new Date())).toBe(0);
  });
});

describe('packages, for real', () => {
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="coverlet.collector" Version="*" PrivateAssets="all" /></ItemGroup></Project>';

  it('are kept by a trusted build, and another agent begins with them', { timeout: 180_000 }, async () => {
    const origin = repository({ 'lib.csproj': project, 'C.cs': 'public class C;\n' });
    const cache = cacheAt(temporaryFolder());
    const build = async (mayWrite: boolean, id: string) => {
      const folder = temporaryFolder();
      const access = accessTo(cache, { scope: origin.path, mayWrite });
      const outcome = await runJob(
        request({ folder, cache: access, job: { id, repository: origin.path, branch: 'main' } }),
      );
      const log = Buffer.from(outcome.files.find((it) => it.path.endsWith('.json'))?.content ?? []).toString('utf8');
      return {
        folder,
        status: outcome.status,
        reason: outcome.reason,
        brought: /files of packages came from the cache/.test(log),
      };
    };

    const untrusted = await build(false, 'b0');
    expect(untrusted).toMatchObject({ status: 'succeeded', brought: false });
    expect(await cache.latest(origin.path, 'nuget:packages')).toBeNull();

    expect(await build(true, 'b1')).toMatchObject({ status: 'succeeded', brought: false });
    const kept = await cache.latest(origin.path, 'nuget:packages');
    expect(kept?.files.map((it) => it.path)).toContainEqual(
      expect.stringMatching(/^coverlet\.collector\/.*\.nupkg\.metadata$/),
    );

    const next = await build(false, 'b2');
    expect(next).toMatchObject({ status: 'succeeded', reason: null, brought: true });
    // It was untrusted: what it had is gone with it, or with its own branch.
    expect(existsSync(join(next.folder, 'homes'))).toBe(false);
    expect(existsSync(join(next.folder, 'home'))).toBe(false);
  });
});
