/** The real program, with artifacts in a store and a cache: over a real HTTP yard, with an agent that builds. */
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
let server: GitServer;
let store: string;
const env: Record<string, string> = {};

beforeAll(async () => {
  world = await makeWorld();
  server = await startGitServer({ root: join(world.folder, 'git') });
  await server.createRepository('team');
  store = join(world.folder, 'store');
  env.GITYARD_YARD = server.urlOf('team');
  env.GITYARD_HOME = join(world.folder, 'home');
  await world.ok('init', '--remote', env.GITYARD_YARD);
  await mkdir(env.GITYARD_HOME, { recursive: true });
  await writeFile(join(env.GITYARD_HOME, 'agent.json'), JSON.stringify({ artifacts: { store } }));
  await world.run(['agent', 'allow', '--commands'], { env });
});
afterAll(async () => {
  await server.close();
  await world.remove();
});

const run = (...words: string[]) => world.run(words, { env });
const json = <T = Record<string, unknown>>(...words: string[]) => world.json<T>(words, { env });
const elsewhere = () => ({ GITYARD_YARD: env.GITYARD_YARD ?? '', GITYARD_HOME: join(world.folder, 'another') });

describe('artifacts in a store', () => {
  let id: string;
  it('are put there by an agent, and had from anywhere that knows the store', async () => {
    const make = 'seq 1 2000 > "$GITYARD_ARTIFACTS/n.txt"; echo b > "$GITYARD_ARTIFACTS/app.bin"';
    ({ id } = await world.json<{ id: string }>(['job', 'add', '--', 'sh', '-c', make], { env }));
    const { code, stderr } = await world.spawn(['agent', 'run', '--once', '--agent', 'build1'], { env });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });

    const got = await world.json(['artifact', 'get', id, '--out', 'got', '--store', store], { env: elsewhere() });

    expect(got).toMatchObject({ copied: ['app.bin', 'n.txt'], verified: 2, from: `folder ${store}` });
    expect(await readFile(join(world.folder, 'got', 'n.txt'), 'utf8')).toMatch(/\n2000\n$/);
    const lost = await world.run(['artifact', 'get', id], { env: elsewhere() });
    expect([lost.code, lost.stderr]).toEqual([3, expect.stringContaining(`they are in folder ${store}`)]);
    await rm(join(world.folder, 'home', 'build', 'artifacts', id), { recursive: true });
    expect(await json('artifact', 'get', id, '--out', 'again')).toMatchObject({ from: `folder ${store}` });
  });

  it('are verified there, by any name of the store', async () => {
    const words = ['artifact', 'verify', id, '--store', 'store'];

    const { ok, verified, folder } = await world.json(words, { env: elsewhere() });

    expect({ ok, verified, folder }).toEqual({ ok: true, verified: 2, folder: `folder ${store}` });
    expect(await json('artifact', 'link', id, 'app.bin', '--store', 'store')).toMatchObject({ packed: false });
  });

  it('have links that expire, for one artifact each', async () => {
    const link = await json<{ url: string; expiresAt: string }>('artifact', 'link', id, 'app.bin', '--expires', '2h');

    const { pathname, searchParams } = new URL(link.url, 'http://yard.example');
    expect(pathname).toBe(`/api/v1/artifacts/${id}.1.1/download`);
    expect(Number(searchParams.get('expires'))).toBe(Math.floor(Date.parse(link.expiresAt) / 1000));
    expect(searchParams.get('signature')).toMatch(/^[\w-]{43}$/);
    expect(await json('artifact', 'link', id, 'n.txt')).toMatchObject({ packed: false });
    expect((await run('artifact', 'link', id, 'none')).code).toBe(3);
    expect((await run('artifact', 'link', id, 'app.bin', '--expires', '30d')).code).toBe(2);
    expect((await run('artifact', 'link', id)).code).toBe(2);
    expect((await world.run(['artifact', 'link', id, 'app.bin'], { env: elsewhere() })).code).toBe(3);
  });

  it('that nobody knows can be found and removed', async () => {
    const orphan = join(store, 'nobody', '1', 'x.deb');
    await mkdir(join(orphan, '..'), { recursive: true });
    await writeFile(orphan, 'deb');
    const words = ['artifact', 'cleanup', '--orphans', '--store', store];
    expect(await json(...words)).toMatchObject({ removed: [] });
    for (const path of [orphan, join(orphan, '..')]) await utimes(path, 1, 1);

    expect(await json(...words, '--dry-run')).toMatchObject({ dryRun: true, removed: [{ job: 'nobody' }] });
    expect(await json(...words)).toMatchObject({ removed: [{ job: 'nobody', paths: ['x.deb'] }], sizeBytes: 3 });
    expect(await json(...words)).toMatchObject({ removed: [] });
    expect((await run('artifact', 'cleanup')).code).toBe(2);
    expect((await run('artifact', 'cleanup', 'all', '--orphans')).code).toBe(2);
  });

  it('are not asked for with a wrong address or without a key, and say so', async () => {
    expect((await run('artifact', 'get', id, '--store', 's3://b', '--out', 'x')).code).toBe(2);
    const noKey = await run('artifact', 'get', id, '--store', 's3://builds', '--out', 'x');
    expect([noKey.code, noKey.stderr]).toEqual([6, expect.stringContaining('AWS_ACCESS_KEY_ID')]);
    expect((await run('artifact', 'list', '--store', 's3://builds')).code).toBe(2);
    const wrong = await world.run(['cache', 'stats'], { env: { ...env, GITYARD_CACHE_GB: 'much' } });
    expect([wrong.code, wrong.stderr]).toEqual([
      7,
      expect.stringContaining('"cache.sizeGB" is no number of gigabytes'),
    ]);
  });

  it('leave a history that the audit finds nothing wrong with', async () => {
    expect(await json('audit')).toMatchObject({ ok: true });
  });
});

describe('cache', () => {
  it('tells what is in it, finds damage, and is cleared', async () => {
    const folder = join(world.folder, 'home', 'build', 'cache');
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update('right').digest('hex');
    const blob = join(folder, 'blobs', sha256.slice(0, 2), sha256);
    await mkdir(join(blob, '..'), { recursive: true });
    await writeFile(blob, 'right');

    expect(await json('cache', 'stats')).toMatchObject({ folder, blobs: 1, entries: 0, sizeBytes: 5, scopes: [] });
    expect((await run('cache', 'verify')).code).toBe(0);
    await writeFile(blob, 'wrong');
    expect((await run('cache', 'verify', '--repair')).code).toBe(1);
    expect(await json('cache', 'verify')).toMatchObject({ ok: true, verified: 0 });
    await writeFile(blob, 'right');
    expect(await json('cache', 'clear', '--dry-run')).toMatchObject({ dryRun: true, removed: 1, sizeBytes: 5 });
    expect(await run('cache', 'clear', '--scope', 'https://nobody')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('gityard cache stats'),
    });
    expect(await json('cache', 'clear')).toMatchObject({ removed: 1 });
    expect(await json('cache', 'stats')).toMatchObject({ blobs: 0 });
  });
});
