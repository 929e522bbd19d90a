/** Who gets which home, and packages that travel by the cache: with the real NuGet, npm and Maven. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessTo } from '../cache/access-to.ts';
import type { BuildCache } from '../cache/build-cache.ts';
import { FolderCache } from '../cache/folder-cache.ts';
import { tieredCache } from '../cache/tiered-cache.ts';
import { runJob } from '../run-job.ts';
import { whyMissing } from '../specs/programs.ts';
import { type Files, type Repository, repository, request, temporaryFolder, writeFiles } from '../specs/world.ts';
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

const withMaven = whyMissing(['mvn']) === null ? it : it.skip;

interface Asked {
  readonly origin: Repository;
  readonly id: string;
  readonly mayWrite?: boolean;
  readonly until?: 'Restore';
}

/** Each time an agent that has never built before. */
async function builtWith(cache: BuildCache, { origin, id, mayWrite = true, until }: Asked) {
  const folder = temporaryFolder();
  const access = accessTo(cache, { scope: origin.path, mayWrite });
  const job = { id, repository: origin.path, branch: 'main' };
  const outcome = await runJob(request({ folder, cache: access, ...(until && { until }), job }));
  const texts = outcome.files.map(({ content }) => Buffer.from(content).toString('utf8'));
  const log = texts.join('');
  const brought = /files of packages came from the cache/.test(log);
  return { folder, status: outcome.status, reason: outcome.reason, brought, log };
}

describe('packages, for real', () => {
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="coverlet.collector" Version="*" PrivateAssets="all" /></ItemGroup></Project>';

  it('are kept by a trusted build, and another agent begins with them', async () => {
    const origin = repository({ 'lib.csproj': project, 'C.cs': 'public class C;\n' });
    const cache = cacheAt(temporaryFolder());
    const build = (mayWrite: boolean, id: string) => builtWith(cache, { origin, mayWrite, id });

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

  it('of npm are kept, and another agent needs its registry no more', async () => {
    const registry = await startRegistry();
    const origin = repository(npmFiles(registry));
    const cache = cacheAt(temporaryFolder());

    expect(await builtWith(cache, { origin, id: 'b1' })).toMatchObject({ status: 'succeeded', brought: false });
    expect(registry.asked).toEqual([TARBALL]);
    await registry.stop();

    expect(await builtWith(cache, { origin, id: 'b2' })).toMatchObject({ status: 'succeeded', brought: true });
    expect(registry.asked).toEqual([TARBALL]);
    expect((await cache.latest(origin.path, 'npm:packages'))?.inputs).toHaveProperty('package-lock.json');
  });

  withMaven('of Maven are kept, and another agent needs their repository no more', async () => {
    const remote = temporaryFolder();
    const of = (inside: string) => `<project><modelVersion>4.0.0</modelVersion>${inside}</project>`;
    const named = '<groupId>demo</groupId><artifactId>base</artifactId><version>1</version>';
    writeFiles(remote, { 'demo/base/1/base-1.pom': of(`${named}<packaging>pom</packaging>`) });
    const mirror = `<mirror><id>team</id><mirrorOf>*</mirrorOf><url>file://${remote}</url></mirror>`;
    const origin = repository({
      'pom.xml': of(`<parent>${named}</parent><artifactId>app</artifactId><packaging>pom</packaging>`),
      '.mvn/maven.config': '--settings\n.mvn/settings.xml\n',
      '.mvn/settings.xml': `<settings><mirrors>${mirror}</mirrors></settings>\n`,
    });
    const cache = cacheAt(temporaryFolder());

    const first = await builtWith(cache, { origin, id: 'b1', until: 'Restore' });
    expect(first).toMatchObject({ brought: false, log: expect.stringContaining('BUILD SUCCESS') });
    rmSync(join(remote, 'demo'), { recursive: true });

    const next = await builtWith(cache, { origin, id: 'b2', until: 'Restore' });
    expect(next).toMatchObject({ brought: true, log: expect.stringContaining('BUILD SUCCESS') });
  });
});

const TARBALL = '/left/-/left-1.0.0.tgz';

interface Registry {
  readonly port: number;
  readonly integrity: string;
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** One package, as every registry hands it out. */
async function startRegistry(): Promise<Registry> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'package/package.json': '{"name":"left","version":"1.0.0"}\n' });
  const tarball = execFileSync('tar', ['-czf', '-', 'package'], { cwd: folder });
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url === TARBALL) response.end(tarball);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(stop);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  return { port: (server.address() as AddressInfo).port, integrity, asked, stop };
}

function npmFiles({ port, integrity }: Registry): Files {
  const root = { name: 'app', version: '1.0.0', dependencies: { left: '1.0.0' } };
  const scripts = { build: 'node need.js' };
  const left = { version: '1.0.0', resolved: `http://127.0.0.1:${port}${TARBALL}`, integrity };
  const packages = { '': root, 'node_modules/left': left };
  return {
    'package.json': JSON.stringify({ ...root, scripts, private: true }),
    'need.js': "require('left/package.json');\n",
    'package-lock.json': JSON.stringify({ ...root, lockfileVersion: 3, requires: true, packages }),
  };
}
