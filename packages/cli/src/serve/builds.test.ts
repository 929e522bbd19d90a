/** Builds over the API of a real yard, with tokens of every role and a real agent: what a program sees that uses nothing else. */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type NodeProcess, startNode } from '@gityard/testing';
import { openYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';
import { type ServedYard, serveYard } from './serve-yard.ts';

const ROLES = ['Developer', 'BuildMaster', 'Admin'] as const;
type Role = (typeof ROLES)[number];

let world: World;
let env: Record<string, string>;
let project: string;
let server: { readonly url: string; close(): Promise<void> };
const tokens = {} as Record<Role, string>;

beforeAll(async () => {
  world = await makeWorld();
  await world.configure({ heartbeat: { intervalSeconds: 1 }, poll: { seconds: 0.5 }, push: { perMinute: 0 } });
  env = { HOME: world.folder, GITYARD_HOME: join(world.folder, 'home'), GITYARD_YARD: world.yard };
  project = await aProject();
  server = await start();
  for (const role of ROLES) {
    const made = await world.json<{ token: string }>(['token', 'new', '--role', role, '--name', role], { env });
    tokens[role] = made.token;
  }
});
afterAll(async () => {
  await server.close();
  await world.remove();
});

async function start(): Promise<typeof server> {
  const yard = openYard({ address: world.yard, actor: 'server' });
  await yard.refresh();
  const served: ServedYard = await serveYard({ yard, env, port: 0 });
  const close = async () => {
    await served.close();
    await yard.close();
  };
  return { url: served.url, close };
}

/** One that builds, one whose test fails, one that takes its time. */
async function aProject(): Promise<string> {
  const path = join(world.folder, 'shop');
  await mkdir(path);
  const write = (name: string, lines: readonly string[]) => writeFile(join(path, name), `${lines.join('\n')}\n`);
  const commit = async (message: string) => {
    await git(['add', '--all'], { cwd: path });
    await git(['commit', '--quiet', '--message', message], { cwd: path });
  };
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: path });
  const build = [
    'all:',
    '\t@echo "shop.c:3:5: warning: old"; printf "\\033]0;t\\007\\033[32mfine\\033[0m\\n"; mkdir -p out; seq 1 5000 > out/numbers.txt',
  ];
  await write('Makefile', [...build, 'test:', '\t@cp cases.xml report.xml; test ! -e broken']);
  await write('gityard.yml', ['artifacts: ["out/*"]', 'reports: {tests: [report.xml]}']);
  await write('cases.xml', ['<testsuite><testcase name="adds"/></testsuite>']);
  await commit('it works');
  await git(['switch', '--quiet', '--create', 'broken'], { cwd: path });
  const failing = '<testcase name="pays"><failure message="no money"/></testcase>';
  await write('cases.xml', [`<testsuite><testcase name="adds"/>${failing}</testsuite>`]);
  await write('broken', []);
  await commit('it does not');
  await git(['switch', '--quiet', '--create', 'slow', 'main'], { cwd: path });
  await write('Makefile', ['all:', '\t@echo waiting; sleep 600']);
  await commit('it waits');
  return path;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what programs do that know an API by its description alone
  readonly json: any;
}

async function call(
  method: string,
  path: string,
  { as = 'Developer', body, headers = {} }: Calling = {},
): Promise<Answer> {
  const sent = {
    ...(as && { authorization: `Bearer ${tokens[as]}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const init = { method, headers: sent, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${server.url}${path}`, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text) };
}

interface Calling {
  readonly as?: Role | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const BUILDS = '/api/v1/builds';
const get = (path: string, calling?: Calling) => call('GET', path, calling);
const post = (path: string, body?: unknown, calling: Calling = {}) => call('POST', path, { body, ...calling });
const ended = (path: string) =>
  expect
    .poll(async () => (await get(path)).json.success, { interval: 200 })
    .not.toBeNull()
    .then(async () => (await get(path)).json);

describe('who may do what', () => {
  it('is as the roles have it, at every endpoint of builds', async () => {
    const { json } = await post(BUILDS, { repositoryUrl: project, targetPool: 'Windows' });
    const at = `${BUILDS}/${json.executionId}`;
    const statusOf = async (method: string, path: string, body?: unknown) => {
      const of = async (as: Role | null) => (await call(method, path, { as, body })).status;
      return [await of(null), await of('Developer'), await of('BuildMaster'), await of('Admin')];
    };

    expect(await statusOf('POST', BUILDS, {})).toEqual([401, 400, 400, 400]);
    expect(await statusOf('POST', `${at}/retry`, {})).toEqual([401, 409, 409, 409]);
    expect(await statusOf('POST', `${at}/priority`, { priority: 'High' })).toEqual([401, 403, 200, 200]);
    expect(await statusOf('POST', `${at}/cancel`)).toEqual([401, 403, 200, 200]);
    for (const path of [BUILDS, at, `${at}/why`, `${at}/artifacts`])
      expect([path, await statusOf('GET', path)]).toEqual([path, [200, 200, 200, 200]]);
    expect((await get(at)).json).toMatchObject({ status: 'Cancelled', errorMessage: 'cancelled by BuildMaster' });
    const log = await world.json<{ operation: string; by: string | null }[]>(['log'], { env });
    expect(log.map((it) => [it.operation, it.by])).toEqual(
      expect.arrayContaining([
        ['submit', 'Developer'],
        ['prioritise', 'BuildMaster'],
        ['cancel', 'BuildMaster'],
      ]),
    );
  });
});

describe('a build under a key', () => {
  it('is the same one after the server was started again, and nobody else has it', async () => {
    const body = { repositoryUrl: project, gitRef: 'main', targetPool: 'Windows' };
    const headers = { 'idempotency-key': 'nightly 1'.replace(' ', '-') };
    const first = await post(BUILDS, body, { headers });
    const { self } = first.json.links;
    const retry = () => post(`${self}/retry`, {}, { headers: { 'idempotency-key': 'once-more' } });
    const cancel = () => post(`${self}/cancel`, {}, { as: 'Admin' });
    await cancel();
    const tried = await retry();
    await cancel();

    await server.close();
    server = await start();
    const again = await post(BUILDS, body, { headers });
    const triedAgain = await retry();
    const other = await post(BUILDS, { ...body, gitRef: 'broken' }, { headers });
    const stranger = await post(BUILDS, body, { headers, as: 'Admin' });

    expect([first.status, again.status, other.status, stranger.status]).toEqual([202, 202, 409, 202]);
    expect(again.json.executionId).toBe(first.json.executionId);
    expect(stranger.json.executionId).not.toBe(first.json.executionId);
    expect([tried.status, tried.json.status, triedAgain.status, triedAgain.json.status]).toEqual([
      ...[202, 'Queued', 202, 'Cancelled'],
    ]);
    const { builds } = (await get(`${BUILDS}?requester=developer&status=Cancelled&branch=main`)).json;
    expect(builds.map((it: { executionId: string }) => it.executionId)).toEqual([first.json.executionId]);
  });
});

async function pagedThrough(query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const { builds, nextCursor } = (await get(`${BUILDS}?${query}${cursor && `&cursor=${cursor}`}`)).json;
    ids.push(...builds.map((it: { executionId: string }) => it.executionId));
    if (nextCursor === null) return ids;
    cursor = nextCursor;
  }
}

describe('a token under a key', () => {
  it('is the same one, until it is revoked, and nothing else is asked for under that key', async () => {
    const calling = { as: 'Admin', headers: { 'idempotency-key': 'ci-token' } } as const;
    const ask = (subject: string) => post('/api/v1/tokens', { subject, role: 'Developer' }, calling);

    const [first, again, other] = [await ask('ci'), await ask('ci'), await ask('someone')];
    await call('DELETE', first.headers.get('location') ?? '', { as: 'Admin' });

    expect([first.status, again.status, other.status, (await ask('ci')).status]).toEqual([201, 201, 409, 409]);
    expect(again.json).toEqual(first.json);
  });
});

describe('a build that lies in the archive', () => {
  it('is found by its id, is not built twice, and is not tried again', async () => {
    const executionId = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
    const wish = { repositoryUrl: project, executionId, targetPool: 'Windows' };
    const at = (await post(BUILDS, wish)).json.links.self;
    await post(`${at}/cancel`, {}, { as: 'Admin' });
    const upkeep = openYard({ address: world.yard, actor: 'upkeep' });
    await upkeep.refresh();
    const inNineDays = new Date(Date.now() + 9 * 86_400_000).toISOString();
    const archived = await upkeep.perform('archive', { now: inNineDays });
    await upkeep.close();
    expect(archived).toMatchObject({ ok: true, result: { jobs: expect.arrayContaining([executionId]) } });
    const inArchive = async () => (await get('/api/v1/trees/state?folder=shared/archive/jobs')).json.entries;
    await expect.poll(inArchive).not.toEqual([]);

    const [again, other] = [await post(BUILDS, wish), await post(BUILDS, { ...wish, runTests: false })];

    expect((await get(at)).json).toMatchObject({ executionId, status: 'Cancelled' });
    expect(await pagedThrough('status=Cancelled&limit=1')).toEqual(expect.arrayContaining([executionId]));
    expect(new Set(await pagedThrough('limit=1')).size).toBe((await pagedThrough('')).length);
    expect([again.status, again.json.status, other.status]).toEqual([202, 'Cancelled', 409]);
    expect((await post(`${at}/retry`)).json).toMatchObject({ status: 409, code: 'ALREADY_FINISHED' });
  });
});

describe('a build by an agent', () => {
  let agent: NodeProcess;
  beforeAll(async () => {
    await world.run(['agent', 'allow', project, '--unsandboxed'], { env });
    const { PATH = '' } = process.env;
    agent = startNode(PROGRAM, ['agent', 'run', '--agent', 'build1'], { env: { ...env, PATH }, cwd: world.folder });
    await agent.waitForLine(/has joined/);
  });
  afterAll(() => agent.dispose());

  it('is seen from its request to its artifacts', async () => {
    const job = {
      ...{ projectName: 'Shop', repositoryUrl: project, gitRef: 'main', solutionPath: '.' },
      ...{ requesterEmail: 'ada@example.org', metadata: { ticket: 'SHOP-7' } },
    };
    const traceparent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    const request = { job, targetPool: 'Linux', requesterEmail: 'ada@example.org' };
    const asked = await post(BUILDS, request, { headers: { traceparent } });
    const at = asked.headers.get('location') ?? '';
    const following = fetch(`${server.url}${at}/logs`, { headers: { accept: 'text/event-stream' } });

    const build = await ended(at);

    expect(asked).toMatchObject({ status: 202, json: { links: { self: at, logs: `${at}/logs` } } });
    expect(build).toMatchObject({
      ...{ status: 'Succeeded', success: true, projectName: 'Shop', traceId: 'c'.repeat(32), errorMessage: null },
      ...{ agent: { agentId: 'build1', targetType: 'Linux' }, requester: 'Developer', attempts: 1 },
      ...{
        testResults: { total: 1, passed: 1 },
        warnings: ['shop.c:3:5: old'],
        duration: expect.stringMatching(/^PT/),
      },
      request: { requesterEmail: 'ada@example.org', metadata: { ticket: 'SHOP-7' }, targetPool: 'Linux' },
    });
    const stages = build.stageResults.map(
      (it: { stageName: string; status: string }) => `${it.stageName} ${it.status}`,
    );
    expect(stages).toEqual(
      expect.arrayContaining(['Fetch Succeeded', 'Build Succeeded', 'Test Succeeded', 'Publish Succeeded']),
    );
    const events = await (await following).text();
    const text = await (await fetch(`${server.url}${at}/logs`)).text();
    const lines = text.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (INFO|WARNING|ERROR): /);
    expect(lines.filter((it) => it.includes('WARNING: shop.c:3:5: warning: old'))).toHaveLength(1);
    expect(text).toMatch(/INFO: fine$/m);
    const coloured = await (await fetch(`${server.url}${at}/logs?colours=true`)).text();
    expect(coloured).toContain('INFO: \u001b[32mfine\u001b[0m');
    expect(coloured).not.toContain('\u001b]');
    expect(events.match(/^event: log$/gm)).toHaveLength(lines.length);
    expect(events).toMatch(/event: end\nid: \S+#end\ndata: \{"status":"Succeeded"\}\n\n$/);

    const { artifacts } = (await get(`${at}/artifacts`)).json;
    const [numbers] = artifacts;
    expect(artifacts).toHaveLength(1);
    const download = await fetch(server.url + numbers.downloadUrl);
    const bytes = Buffer.from(await download.arrayBuffer());
    expect([numbers.path, bytes.length, digestOf(bytes)]).toEqual([
      ...['out/numbers.txt', numbers.sizeBytes, numbers.sha256Hash],
    ]);
    expect(build.artifacts.map((it: { sha256Hash: string }) => it.sha256Hash)).toEqual([numbers.sha256Hash]);
    // Unless the yard goes on between the two.
    const askedAgain = async () => {
      const { headers } = await get(at);
      return (await get(at, { headers: { 'if-none-match': headers.get('etag') ?? '' } })).status;
    };
    await expect.poll(askedAgain).toBe(304);
    const link = await world.json<{ url: string }>(['artifact', 'link', build.executionId, numbers.path], { env });
    expect(digestOf(Buffer.from(await (await fetch(server.url + link.url)).arrayBuffer()))).toBe(numbers.sha256Hash);
  });

  it('that fails says which test did; without tests it succeeds, and publishes nothing where nothing is wanted', async () => {
    const broken = { repositoryUrl: project, gitRef: 'broken' };
    const failing = (await post(BUILDS, broken)).json.links.self;
    const untested = (await post(BUILDS, { ...broken, runTests: false, publishArtifacts: false })).json.links.self;

    expect(await ended(failing)).toMatchObject({
      ...{ status: 'Failed', success: false, errorMessage: expect.stringContaining('1 of 2 tests failed') },
      testResults: { total: 2, passed: 1, failed: 1, failedTests: [{ name: 'pays', message: 'no money' }] },
    });
    expect(await ended(untested)).toMatchObject({ status: 'Succeeded', testResults: null, artifacts: [] });
  });

  it('that runs can be cancelled', async () => {
    const { json } = await post(BUILDS, { repositoryUrl: project, gitRef: 'slow' });
    const at = json.links.self;
    await expect.poll(async () => (await get(at)).json.currentStage, { interval: 200 }).toBe('Build');

    const cancelled = await post(`${at}/cancel`, { reason: 'too slow' }, { as: 'BuildMaster' });

    expect([cancelled.status, cancelled.json.status]).toEqual([200, 'Cancelling']);
    expect(await ended(at)).toMatchObject({
      ...{ status: 'Cancelled', success: false, errorMessage: 'cancelled by BuildMaster: too slow' },
      attempts: 1,
    });
  });

  it('whose artifacts are gone says so', async () => {
    const { builds } = (await get(`${BUILDS}?status=Succeeded&branch=main`)).json;
    const id = builds[0].executionId;
    const [{ downloadUrl }] = (await get(`${BUILDS}/${id}/artifacts`)).json.artifacts;
    await rm(join(env.GITYARD_HOME ?? '', 'build', 'artifacts', id), { recursive: true });

    const { status, json } = await get(downloadUrl, { as: null });

    expect([status, json.detail]).toEqual([404, expect.stringContaining('build1')]);
  });
});

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
