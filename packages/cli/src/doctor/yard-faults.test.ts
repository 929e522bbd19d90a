/** Each thing that can be wrong with a yard and the way to it, really made wrong; the doctor is asked for that alone. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request as ask, createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startGitServer } from '@gityard/gitserver';
import { git, startGithubServer } from '@gityard/testing';
import { openYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../program.fixture.ts';
import { renderWorkflow } from '../workflows/render-workflow.ts';
import type { Checked } from './run-checks.ts';

const run = promisify(execFile);

let world: World;
const servers: Server[] = [];
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(async () => {
  for (const it of servers) it.close().closeAllConnections();
  await world.remove();
});

async function finding(name: string, env: Readonly<Record<string, string>> = {}, yard = world.yard): Promise<Checked> {
  const { checks } = await world.json<{ checks: Checked[] }>(['doctor', '--only', name, '--yard', yard], { env });
  const found = checks.find((it) => it.name === name);
  if (!found) throw new Error(`the doctor was not asked for ${name}`);
  return found;
}

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

const like = (pattern: RegExp) => expect.stringMatching(pattern);
const head = (ref: string) => git(['rev-parse', ref], { cwd: world.yard }).then((it) => it.trim());

describe('the files of a yard', () => {
  it('are broken, then put back; settings mean nothing; the yard is newer than the program', async () => {
    const before = await readFile(join(world.yard, 'refs/heads/yard'), 'utf8');

    await world.edit({
      'yard.json': '{\n  "hearbeat": {},\n  "upkeep": { "health": { "schedule": "99 * * * *" } }\n}\n',
    });
    expect(await finding('yard-settings')).toMatchObject({ verdict: 'fail', text: like(/upkeep\.health/) });
    await world.edit({ 'yard.json': '{ "hearbeat": {} }\n' });
    expect(await finding('yard-settings')).toMatchObject({
      verdict: 'warn',
      text: like(/unknown field hearbeat; did you mean/),
    });
    await world.edit({ 'yard.json': '{ "name": ,\n' });
    expect(await finding('files')).toMatchObject({ verdict: 'fail', text: like(/first yard\.json/) });
    await world.ok('quarantine', 'restore', '--reason', 'a slip');
    expect(await finding('files')).toMatchObject({ verdict: 'ok' });
    expect(await finding('quarantine')).toMatchObject({ verdict: 'warn', remedy: like(/quarantine clear/) });
    await world.edit({ 'yard.json': '{ "schemaVersion": 99 }\n' });
    expect(await finding('versions')).toMatchObject({ verdict: 'fail', remedy: like(/update gityard/) });

    await git(['update-ref', 'refs/heads/yard', before.trim()], { cwd: world.yard });
  });

  it('are workflows that are not those of this program', async () => {
    const before = await head('yard');
    expect(await finding('workflows')).toMatchObject({ verdict: 'skip' });

    await world.edit({ '.github/workflows/validate.yml': 'on: push\n' });
    expect(await finding('workflows')).toMatchObject({ verdict: 'warn', text: like(/validate\.yml is not what/) });
    const refs = { state: 'refs/heads/yard', live: 'refs/heads/yard-live', logs: 'refs/heads/yard-logs' };
    const ours = await renderWorkflow({ name: 'validate' }, { refs, docs: 'docs', program: 'package' });
    await world.edit({ '.github/workflows/validate.yml': ours });
    expect(await finding('workflows')).toMatchObject({ verdict: 'ok' });
    const older = ours.replace(/( {10}GITYARD_PACKAGE: .*\n)/, '$1          VERSION: "0.0.1"\n');
    await world.edit({ '.github/workflows/validate.yml': older });
    expect(await finding('workflows')).toMatchObject({ verdict: 'warn', text: like(/runs version 0\.0\.1/) });

    await git(['update-ref', 'refs/heads/yard', before], { cwd: world.yard });
  });

  it('have another past than the agent of this home has seen', async () => {
    const home = join(world.folder, 'seen');
    await world.ok('lock', 'acquire', 'deploy');
    const yard = openYard({ address: world.yard, actor: 'seer', home });
    await yard.refresh();
    await yard.close();
    expect(await finding('history', { GITYARD_HOME: home })).toMatchObject({ verdict: 'ok' });

    await git(['update-ref', 'refs/heads/yard', 'yard~1'], { cwd: world.yard });
    expect(await finding('history', { GITYARD_HOME: home })).toMatchObject({
      verdict: 'fail',
      text: like(/HISTORY_REWRITTEN/),
      runbook: like(/#history-rewritten$/),
    });
  });

  it('lack a branch', async () => {
    const logs = await head('yard-logs');

    await git(['update-ref', '-d', 'refs/heads/yard-logs'], { cwd: world.yard });
    expect(await finding('refs')).toMatchObject({ verdict: 'fail', text: 'missing: refs/heads/yard-logs' });

    await git(['update-ref', 'refs/heads/yard-logs', logs], { cwd: world.yard });
  });
});

describe('the way to a yard', () => {
  it('tells another time', async () => {
    const server = await startGitServer({ root: join(world.folder, 'served') });
    await server.createRepository('far');
    const ahead = createHttp((request, response) => {
      const date = new Date(Date.now() + 600_000).toUTCString();
      passOn(request, response, { origin: server.urlOf('far'), headers: { date } });
    });
    try {
      await world.ok('init', '--remote', server.urlOf('far'));
      const address = `http://${await listening(ahead)}/far.git`;

      expect(await finding('clock', {}, address)).toMatchObject({
        verdict: 'fail',
        text: like(/^(10m|9m 5\d)s? ?.*behind the server/),
      });
    } finally {
      await server.close();
    }
  });

  it('has a certificate that nearly ran out, or a server that nobody trusts', async () => {
    const at = (name: string) => join(world.folder, name);
    const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    await run('openssl', [...words, '-subj', '/CN=127.0.0.1', '-keyout', at('tls.key'), '-out', at('tls.pem')]);
    const [key, cert] = await Promise.all([readFile(at('tls.key')), readFile(at('tls.pem'))]);
    const address = `https://${await listening(createHttps({ key, cert }, (_, response) => response.end()))}/y.git`;

    expect(await finding('certificate', {}, address)).toMatchObject({
      verdict: 'warn',
      text: like(/runs out in [12]d/),
    });
    expect(await finding('yard', {}, address)).toMatchObject({ verdict: 'fail', text: like(/certificate/i) });
  });

  it('has hardly any requests left', async () => {
    await mkdir(join(world.folder, 'github'));
    const github = await startGithubServer({ root: join(world.folder, 'github') });
    try {
      const env = { GITYARD_TOKEN: github.token };
      await world.run(['init', '--remote', github.address], { env });
      expect(await finding('requests', env, github.address)).toMatchObject({ verdict: 'ok' });
      github.rules.remaining = 100;
      expect(await finding('requests', env, github.address)).toMatchObject({
        verdict: 'warn',
        text: like(/of 5000 requests/),
      });
    } finally {
      await github.close();
    }
  });
});

describe('what the host says of the token and the repository', () => {
  const answers = new Map<string, { status?: number; headers?: Record<string, string>; body?: unknown }>();
  let env: Record<string, string>;
  let address: string;
  beforeAll(async () => {
    const served: RequestListener = (request, response) => {
      const path = request.url?.replace('/api/v3/repos/acme/yard', '') ?? '';
      if (path.startsWith('/acme/'))
        return passOn(request, response, { origin, path: path.replace('/acme/', '/'), headers: {} });
      const { status = 404, headers = {}, body = {} } = answers.get(path) ?? {};
      response.writeHead(status, headers).end(JSON.stringify(body));
    };
    const server = await startGitServer({ root: join(world.folder, 'hosted') });
    await server.createRepository('yard');
    const origin = server.urlOf('yard');
    const host = await listening(createHttp(served));
    address = `http://${host}/acme/yard.git`;
    env = { GITHUB_API_URL: `http://${host}/api/v3`, GITHUB_TOKEN: 'a-token' };
    await world.ok('init', '--remote', address);
    return () => server.close();
  });
  const hosted = (name: string) => finding(name, env, address);
  const runs = '/actions/workflows/health-monitor.yml/runs?status=success&per_page=1';

  it('is that it ran out, may not see it, may not push, or ends soon', async () => {
    answers.set('', { status: 401 });
    expect(await hosted('token')).toMatchObject({
      verdict: 'fail',
      text: like(/ran out, or was revoked/),
      runbook: like(/#token-expired$/),
    });
    answers.set('', { status: 404 });
    expect(await hosted('token')).toMatchObject({ verdict: 'fail', text: like(/may not see/) });
    answers.set('', { status: 200, body: { permissions: { pull: true, push: false } } });
    expect(await hosted('token')).toMatchObject({ verdict: 'fail', text: like(/read and not push/) });
    const end = new Date(Date.now() + 50 * 3_600_000).toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
    const headers = { 'github-authentication-token-expiration': end };
    answers.set('', { status: 200, headers, body: { permissions: { push: true } } });
    expect(await hosted('token')).toMatchObject({ verdict: 'warn', text: like(/runs out in 2d/) });
    answers.set('', { status: 200, headers: { 'x-ratelimit-remaining': '3', 'x-ratelimit-limit': '5000' } });
    expect(await hosted('token')).toMatchObject({ verdict: 'warn', text: like(/^3 of 5000/) });
    answers.set('', { status: 200, body: { permissions: { push: true } } });
    expect(await hosted('token')).toMatchObject({ verdict: 'ok' });
  });

  it('is that the branch is protected, that Pages failed, and that the monitor did not run', async () => {
    answers.set('/branches/yard', { status: 200, body: { protected: true } });
    expect(await hosted('protection')).toMatchObject({ verdict: 'warn', text: like(/protected branch/) });
    answers.set('/pages', { status: 200, body: { status: 'errored' } });
    expect(await hosted('hosted-page')).toMatchObject({ verdict: 'fail' });
    answers.set(runs, { status: 200, body: { workflow_runs: [{ run_started_at: '2026-01-01T00:00:00Z' }] } });
    expect(await hosted('monitor')).toMatchObject({ verdict: 'warn', remedy: like(/gh workflow run/) });
    answers.set(runs, { status: 200, body: { workflow_runs: [] } });
    expect(await hosted('monitor')).toMatchObject({ verdict: 'warn', text: like(/never ran/) });
  });

  it('is that the workflows have nothing to install the program from', async () => {
    expect(await hosted('package')).toMatchObject({ verdict: 'skip' });
    const clone = join(world.folder, 'hosted-clone');
    await git(['clone', '--quiet', '--branch', 'yard', join(world.folder, 'hosted/yard.git'), clone], {
      cwd: world.folder,
    });
    await mkdir(join(clone, '.github/workflows'), { recursive: true });
    await writeFile(join(clone, '.github/workflows/validate.yml'), 'on: push\n');
    await git(['add', '.'], { cwd: clone });
    await git(['commit', '--quiet', '-m', 'workflow'], { cwd: clone });
    await git(['push', '--quiet'], { cwd: clone });

    expect(await hosted('package')).toMatchObject({ verdict: 'warn', remedy: like(/gh variable set GITYARD_PACKAGE/) });
  });

  it('is nothing that goes to another host: the token stays here', async () => {
    expect(await finding('token', { ...env, GITHUB_API_URL: 'https://api.github.com' }, address)).toMatchObject({
      verdict: 'skip',
    });
  });
});

interface Passing {
  readonly origin: string;
  readonly path?: string;
  /** Instead of those of the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

function passOn(
  ...[request, response, { origin, path = request.url ?? '/', headers }]: [...Parameters<RequestListener>, Passing]
): void {
  const { hostname, port } = new URL(origin);
  const inner = ask({ hostname, port, path, method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers });
    answer.pipe(response);
  });
  request.pipe(inner);
}
