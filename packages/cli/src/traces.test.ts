/** Real programs on one yard, and a receiver of OTLP that takes no nonsense: what it has in the end is the whole trace. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@gityard/domain';
import {
  git,
  type NodeProcess,
  type OtlpReceiver,
  type ReceivedSpan,
  startNode,
  startOtlpReceiver,
  traceFaults,
  waitFor,
} from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from './program.fixture.ts';

const CALLER = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

let world: World;
let receiver: OtlpReceiver;
let project: string;
let env: Record<string, string>;
const programs: NodeProcess[] = [];

beforeAll(async () => {
  world = await makeWorld();
  receiver = await startOtlpReceiver();
  project = await aProject();
  env = {
    HOME: world.folder,
    GITYARD_YARD: world.yard,
    GITYARD_LOG_FORMAT: 'json',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  const links = { trace: traceAddress('{traceId}') };
  const quick = { heartbeat: { intervalSeconds: 1 }, lease: { seconds: 60 }, poll: { seconds: 0.2 } };
  await world.configure({ ...quick, links });
});
afterAll(async () => {
  await Promise.all(programs.map((it) => it.dispose()));
  await receiver?.close();
  await world?.remove();
});

function start(words: readonly string[], more: Readonly<Record<string, string>>): NodeProcess {
  const program = startNode(PROGRAM, words, { cwd: world.folder, env: { ...env, ...more } });
  programs.push(program);
  return program;
}

async function startAgent(name: string): Promise<NodeProcess> {
  const home = join(world.folder, name);
  await mkdir(home, { recursive: true });
  const policy = { commands: true, repositories: [project], unsandboxed: true, sandbox: 'none' };
  await writeFile(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 });
  return start(['agent', 'run', '--agent', name], { GITYARD_HOME: home });
}

/** As the README has it: a key is opened, and then one asks for a build. */
async function postBuild(page: URL, repositoryUrl: string): Promise<string> {
  const headers = { origin: page.origin, 'x-gityard-page': '1', 'content-type': 'application/json' };
  const post = (path: string, body: object, more: object) =>
    fetch(new URL(path, page), { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
  const opened = await post('api/v1/session', { key: page.hash.replace('#key=', '') }, {});
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = await post('api/v1/builds', { repositoryUrl }, { cookie, traceparent: CALLER });
  const { executionId, links } = (await answer.json()) as { executionId: string; links: { trace: string } };
  expect(links.trace).toBe(traceAddress(CALLER.slice(3, 35)));
  return executionId;
}

const traceAddress = (traceId: string): string => `https://jaeger.example/trace/${traceId}`;

async function aProject(): Promise<string> {
  const path = join(world.folder, 'app');
  await mkdir(path);
  await writeFile(join(path, 'Makefile'), 'all:\n\t@echo built > app.txt\ntest:\n\t@grep built app.txt\n');
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: path });
  await git(['add', '--all'], { cwd: path });
  await git(['commit', '--quiet', '--message', 'it works'], { cwd: path });
  return path;
}

const show = (id: string) => world.json<Job & { links: { trace: string } }>(['job', 'show', id]);
const untilSucceeded = (agent: NodeProcess, id: string) =>
  agent.waitForLine(new RegExp(`"event":"ended","job":"${id}","token":\\d,"status":"succeeded"`));
const inTrace = (traceId: string) => receiver.spans.filter((it) => it.traceId === traceId);
const toldOfLater = (traceId: string) => {
  const spans = inTrace(traceId);
  const known = new Set(spans.map((it) => it.spanId));
  return [...new Set(spans.map((it) => it.parentId))].filter((it) => it !== null && !known.has(it));
};
const named = (spans: readonly ReceivedSpan[], name: string) => spans.filter((it) => it.name === name);

async function stopped(program: NodeProcess): Promise<void> {
  program.kill('SIGTERM');
  await program.exit;
}

describe('a trace', () => {
  let agent: NodeProcess;

  it('is one from the request over the API to the end of its build on an agent', async () => {
    agent = await startAgent('mac');
    const serve = start(['serve', '--port', '0'], { GITYARD_AGENT: 'server' });
    const [, page = ''] = await serve.waitForLine(/^page +(\S+)/);

    const id = await postBuild(new URL(page), project);
    await untilSucceeded(agent, id);
    await stopped(serve);
    const traceId = CALLER.slice(3, 35);
    await waitFor(() => named(inTrace(traceId), 'BuildOrchestrator.ExecuteBuild').length > 0, {
      what: 'the build is told',
    });

    const spans = inTrace(traceId).map((it) => (it.parentId === CALLER.slice(36, 52) ? { ...it, parentId: null } : it));
    expect(receiver.faults).toEqual([]);
    expect(traceFaults(spans)).toEqual([]);
    expect(named(spans, 'POST /api/v1/builds')).toMatchObject([{ parentId: null, kind: 2 }]);
    const all = [
      'submit',
      'queue',
      'claim',
      'start',
      'Fetch',
      'Build',
      'Test',
      'finish',
      'push',
      'BuildOrchestrator.ExecuteBuild',
    ];
    expect(spans.map((it) => it.name)).toEqual(expect.arrayContaining(all));
    expect(new Set(spans.map((it) => it.resource['service.name']))).toEqual(
      new Set(['gityard-serve', 'gityard-agent']),
    );
    const [build] = named(spans, 'BuildOrchestrator.ExecuteBuild');
    expect(build?.attributes).toMatchObject({
      'build.executionId': id,
      'build.strategy': 'Incremental',
      'build.success': true,
      'build.duration': expect.any(Number),
      'cicd.pipeline.run.id': id,
      'cicd.pipeline.result': 'success',
      'cicd.worker.id': 'mac',
    });
    expect(named(spans, 'Build')).toMatchObject([{ parentId: build?.spanId }]);
    expect(named(spans, 'submit')[0]?.attributes['gityard.commit']).toMatch(/^[0-9a-f]{40}$/);
    expect((await show(id)).links.trace).toBe(traceAddress(traceId));
  });

  it('holds the attempt of an agent that was killed, told by the one that goes on', async () => {
    const command = ['sh', '-c', 'test "$GITYARD_ATTEMPT" = 2 || sleep 300'];
    const added = await world.spawn(['--json', 'job', 'add', '--', ...command], {
      env: { ...env, GITYARD_LOG_FORMAT: '' },
    });
    const { id } = JSON.parse(added.stdout) as { id: string };
    const [, traceId = ''] = await agent.waitForLine(
      new RegExp(`"event":"claimed","job":"${id}".*"trace_id":"(\\w+)"`),
    );
    await waitFor(() => named(inTrace(traceId), 'start').length > 0, { what: 'it has told of its start' });
    // What a kill cuts off may have told of a part of itself, so nothing but the attempt may be under way.
    await waitFor(async () => (await world.run(['job', 'logs', id])).stdout.includes('sleep 300'), {
      what: 'it builds',
    });
    await waitFor(() => named(inTrace(traceId), 'progress').length > 0, { what: 'it has told how far it is' });
    await waitFor(() => toldOfLater(traceId).length === 1, { what: 'only its attempt is under way' });
    agent.kill('SIGKILL');
    const other = await startAgent('linux');
    await untilSucceeded(other, id);
    await stopped(other);

    const spans = inTrace(traceId);
    expect(traceFaults(spans)).toEqual([]);
    expect(spans.find((it) => it.parentId === null)?.name).toBe('gityard job add');
    const [lost, build] = named(spans, 'BuildOrchestrator.ExecuteBuild').sort((a, b) => a.startMs - b.startMs);
    expect(lost).toMatchObject({ status: 2, attributes: { 'cicd.worker.id': 'mac', 'gityard.status': 'lost' } });
    expect(build).toMatchObject({ status: 0, attributes: { 'cicd.worker.id': 'linux', 'build.success': true } });
    expect(build?.links).toEqual([{ traceId, spanId: lost?.spanId }]);
    const logged = other.stderr.map((it) => JSON.parse(it) as Record<string, unknown>);
    const claimed = logged.find((it) => it.event === 'claimed');
    expect(claimed).toMatchObject({ level: 'info', agent: 'linux', job: id, attempt: 2, token: 2, trace_id: traceId });
  });
});
