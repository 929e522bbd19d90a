import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { promisify } from 'node:util';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { git, type NodeProcess, startNode } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';

let world: World;
let server: GitServer;
let address: string;
let program: NodeProcess;
let page: URL;

beforeAll(async () => {
  world = await makeWorld();
  server = await startGitServer({ root: `${world.folder}/git` });
  await server.createRepository('team');
  address = server.urlOf('team');
  await world.ok('init', '--remote', address, '--name', 'team');
  const words = ['serve', '--yard', address, '--port', '0'];
  program = startNode(PROGRAM, words, { cwd: world.folder, env: { HOME: world.folder, GITYARD_AGENT: 'tester' } });
  const [, found = ''] = await program.waitForLine(/^page +(\S+)/);
  page = new URL(found);
});
afterAll(async () => {
  await program?.dispose();
  await server?.close();
  await world?.remove();
});

const get = (path: string, headers = {}) => fetch(new URL(path, page), { headers });
const post = (path: string, body: unknown, headers = {}) =>
  fetch(new URL(path, page), {
    method: 'POST',
    headers: { origin: page.origin, 'x-gityard-page': '1', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function session(): Promise<{ cookie: string }> {
  const key = page.hash.replace('#key=', '');
  const { headers } = await post('api/v1/session', { key });
  return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '' };
}

describe('gityard serve', () => {
  it('shows a yard that lies elsewhere, and its past', async () => {
    const watching = await get('api/v1/events');
    const { id } = await world.json<{ id: string }>(['--yard', address, 'job', 'add', '--', 'true']);
    const jobs = async () => ((await (await get('api/v1/snapshot')).json()) as { jobs: { id: string }[] }).jobs;
    await expect.poll(async () => (await jobs()).map((it) => it.id)).toContain(id);
    await watching.body?.cancel();

    const { entries } = (await (await get('api/v1/trees/state?folder=shared/jobs')).json()) as Entries;
    const file = await get(`api/v1/files/state/${entries[0]?.path}`);
    const { commits } = (await (await get('api/v1/commits/state')).json()) as Commits;
    const old = commits.at(-1)?.commit ?? '';

    expect(await file.json()).toMatchObject({ id });
    expect(file.headers.get('etag')).toBe(`"${entries[0]?.oid}"`);
    expect(commits.map((it) => it.commit)).toEqual((await shown('log', '--format=%H', 'yard')).split('\n'));
    expect(await (await get(`api/v1/trees/${old}?folder=shared/jobs`)).json()).toEqual({ entries: [] });
    expect((await get(`api/v1/files/${old}/yard.json`)).status).toBe(200);
  });

  it('does what a person with the key asks for, and the history holds', async () => {
    const cookie = await session();
    const submitted = await post('api/v1/commands', { command: ['make'], priority: 'High' }, cookie);
    const { id, state } = (await submitted.json()) as { id: string; state: string };
    const cancel = { op: 'cancel', target: id, if: { status: 'queued' } };

    const first = await post('api/v1/commands', cancel, cookie);
    const second = await post('api/v1/commands', cancel, cookie);

    expect(state).toBe('applied');
    expect(await first.json()).toEqual({ state: 'applied', commit: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(await second.json()).toMatchObject({ state: 'refused', code: 'CONFLICT' });
    const job = await world.json(['--yard', address, 'job', 'show', id]);
    expect(job).toMatchObject({ status: 'cancelled', submittedBy: 'dashboard', priority: 3 });
    expect(await world.json(['--yard', address, 'audit'])).toMatchObject({ ok: true, firstViolation: null });
  });

  it('does nothing for anybody else', async () => {
    const before = await shown('rev-parse', 'yard');
    const wish = { command: ['rm', '-rf', '/'] };

    expect((await post('api/v1/commands', wish)).status).toBe(401);
    expect((await post('api/v1/commands', wish, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('api/v1/session', { key: 'guessed' })).status).toBe(401);
    expect(await (await get('api/v1/hello')).json()).toMatchObject({
      program: 'gityard',
      yard: 'team',
      commands: 'no',
    });
    expect(await shown('rev-parse', 'yard')).toBe(before);
  });

  it('opens itself to the network only with names for it', async () => {
    const serve = (...words: string[]) => world.run(['serve', '--yard', world.yard, ...words]);

    expect(await serve('--host', '0.0.0.0')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--allow-host'),
    });
    expect(await serve('--host', '0.0.0.0', '--allow-host', 'yard.example')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--tls-cert.*--insecure/),
    });
    expect(await serve('--allow-host', 'https://yard.example:7420')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('without https://'),
    });
    expect(await serve('--tls-cert', 'cert.pem')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--tls-key'),
    });
    expect(await serve('--tls-cert', 'no.pem', '--tls-key', 'no.pem')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no.pem'),
    });
    expect(await serve('--port', page.port)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('another port'),
    });
  });

  it('lets a program in that shows a token, as far as its role reaches, until that is revoked', async () => {
    const made = (role: string, ...more: string[]) =>
      world.json<{ id: string; token: string }>([
        '--yard',
        address,
        'token',
        'new',
        '--role',
        role,
        '--name',
        'ci',
        ...more,
      ]);
    await world.ok('--yard', address, 'namespace', 'set', 'team-a');
    await world.ok('--yard', address, 'namespace', 'set', 'team-b', '--repositories', 'https://git.example/b/*');
    const teams = await made('BuildMaster', '--namespaces', 'team-a');
    const [developer, master] = [await made('Developer'), await made('BuildMaster')];
    const { id: job } = await world.json<{ id: string }>(['--yard', address, 'job', 'add', '--', 'true']);
    const post = (path: string, token: string, body: object) =>
      fetch(new URL(path, page), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const cancel = (token: string) => post('api/v1/commands', token, { op: 'cancel', target: job });
    const build = (repositoryUrl: string) =>
      post('api/v1/builds', teams.token, { repositoryUrl, executionId: '2178f4e1-605c-846b-837e-f3119264c94d' });

    expect((await cancel(developer.token)).status).toBe(403);
    expect(await (await cancel(teams.token)).json()).toMatchObject({ state: 'refused', code: 'DENIED' });
    expect((await post(`api/v1/builds/${job}/cancel`, teams.token, {})).status).toBe(403);
    expect(await (await cancel(master.token)).json()).toMatchObject({ state: 'applied' });
    expect((await build('git@git.example:b/app')).status).toBe(403);
    expect((await build('https://git.example/a/app')).status).toBe(202);
    expect(await world.json(['--yard', address, 'namespace', 'show', 'team-a'])).toMatchObject({
      usage: { queued: 1 },
    });
    expect((await get('api/v1/tokens', { authorization: `Bearer ${master.token}` })).status).toBe(403);
    await world.ok('--yard', address, 'token', 'revoke', master.id);

    await expect.poll(async () => (await cancel(master.token)).status, { timeout: 30_000 }).toBe(401);
    const rows = await world.json<{ id: string; standing: string }[]>(['--yard', address, 'token', 'list']);
    expect(rows.map(({ id, standing }) => ({ id, standing }))).toEqual([
      { id: master.id, standing: 'revoked' },
      { id: developer.id, standing: 'good' },
      { id: teams.id, standing: 'good' },
    ]);
  });

  it('serves other machines over TLS, and shows the yard to those alone who have a token or the key', async () => {
    const [cert, key] = [`${world.folder}/cert.pem`, `${world.folder}/key.pem`];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const names = ['-subj', '/CN=yard.example', '-addext', 'subjectAltName=DNS:yard.example'];
    await promisify(execFile)('openssl', [...made, ...names, '-keyout', key, '-out', cert]);
    const words = ['serve', '--yard', address, '--port', '0', '--host', '0.0.0.0', '--allow-host', 'yard.example'];
    const env = { HOME: world.folder, GITYARD_AGENT: 'tester' };
    const secure = startNode(PROGRAM, [...words, '--tls-cert', cert, '--tls-key', key], { cwd: world.folder, env });
    onTestFinished(() => secure.dispose());
    const [, found = ''] = await secure.waitForLine(/^page +(\S+)/);
    const { token } = await world.json<{ token: string }>(['--yard', address, 'token', 'new', '--role', 'Developer']);
    const ca = await readFile(cert);
    const asked = (headers: Record<string, string>) =>
      new Promise<{ status: number; hsts: unknown }>((resolve, reject) => {
        const { host, port } = new URL(found);
        const place = { hostname: '127.0.0.1', port, path: '/api/v1/agents', servername: 'yard.example', ca };
        request({ ...place, headers: { host, ...headers }, agent: false }, (answer) => {
          answer.resume();
          resolve({ status: answer.statusCode ?? 0, hsts: answer.headers['strict-transport-security'] });
        })
          .on('error', reject)
          .end();
      });

    expect(found).toMatch(/^https:\/\/yard\.example:\d+\/#key=/);
    expect(await asked({})).toEqual({ status: 401, hsts: 'max-age=31536000' });
    expect((await asked({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('ends when it is told to', async () => {
    program.kill('SIGINT');

    expect(await program.exit).toEqual({ code: 0, signal: null });
  });

  const shown = async (...words: string[]) => (await git(words, { cwd: `${world.folder}/git/team.git` })).trim();
});

interface Entries {
  readonly entries: readonly { readonly path: string; readonly oid: string }[];
}
interface Commits {
  readonly commits: readonly { readonly commit: string }[];
}
