/**
 * Every command of the coordination through the real program, against a yard on a real HTTP server with two agents that build
 * (INTERFACE §3). What each of them means is told by the spec beside it; here they all meet in one history, and that is audited.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { git, type NodeProcess, startNode } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/list.ts';
import { makeWorld, PROGRAM, type ProgramLife, startProgramLife, type World } from './program.fixture.ts';

/** They begin a yard or another machine's life, or look after files: shown by their own specs. */
const ELSEWHERE =
  /^(?:up|demo|serve|init|monitor|top|compact|doctor|self-check|backup.*|restore|migrate|cache .*|artifact link|completion|config .*|quarantine .*|spool .*|agent run|agent (?:disallow|policy|install|uninstall|update)|audit export|job (?:approve|reject)|key .*|task receive|secrets .*|token .*|run|job shell|job workspaces)$/;
// Nobody falls silent here: beats and looks that come more often would only keep the machine busy.
const QUICK = { heartbeat: { intervalSeconds: 10 }, lease: { seconds: 60 }, poll: { seconds: 0.5 } };

let world: World;
let life: ProgramLife;
let server: GitServer;
let address: string;
let project: string;
const agents: NodeProcess[] = [];
const called = new Set<string>();

beforeAll(async () => {
  world = await makeWorld();
  life = startProgramLife();
  server = await startGitServer({ root: join(world.folder, 'git') });
  await server.createRepository('team');
  address = server.urlOf('team');
  await world.ok('init', '--remote', address);
  project = await aProject();
  await configure({ name: 'team', ...QUICK });
  for (const id of ['build1', 'build2']) agents.push(await startAgent(id));
});

afterAll(async () => {
  await life.end();
  for (const agent of agents) agent.kill('SIGKILL');
  await Promise.all(agents.map((it) => it.exit));
  await server.close();
  await world.remove();
});

/** A repository with something that `make` can build. */
async function aProject(): Promise<string> {
  const path = join(world.folder, 'project');
  await mkdir(path);
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: path });
  await writeFile(join(path, 'Makefile'), 'all:\n\techo built > "$$GITYARD_ARTIFACTS/app.txt"\n');
  await git(['add', '--all'], { cwd: path });
  await git(['commit', '--quiet', '--message', 'the program'], { cwd: path });
  return path;
}

async function configure(settings: object): Promise<void> {
  const clone = join(world.folder, 'clone');
  await git(['clone', '--quiet', '--branch', 'yard', address, clone], { cwd: world.folder });
  const path = join(clone, 'yard.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...settings }));
  await git(['commit', '--quiet', '--all', '--message', 'settings'], { cwd: clone });
  await git(['push', '--quiet', 'origin', 'yard'], { cwd: clone });
}

async function startAgent(id: string): Promise<NodeProcess> {
  const { PATH = '' } = process.env;
  const env = { HOME: world.folder, GITYARD_HOME: join(world.folder, id), GITYARD_YARD: address, PATH };
  await world.run(['agent', 'allow', '--commands', project], { env });
  const agent = startNode(PROGRAM, ['agent', 'run', '--agent', id], { env, cwd: world.folder });
  await agent.waitForLine(/has joined/);
  return agent;
}

/** Runs a command that exits so, and leaves nothing open for which its process would wait instead of ending. */
async function call(words: readonly string[], code = 0): Promise<string> {
  const name = COMMANDS.map((it) => it.name).find((it) => words.slice(0, it.split(' ').length).join(' ') === it);
  called.add(name ?? '');
  const done = await world.live(life, words, { env: { GITYARD_YARD: address } });
  const stderr = done.code === code ? '' : done.stdout + done.stderr;
  expect({ words, code: done.code, left: done.left, stderr }).toEqual({ words, code, left: [], stderr: '' });
  return done.stdout;
}
const gityard = (...words: string[]) => call(words);
/** Before the words of a command that a job brings. */
const json = async <T = { id: string }>(...words: string[]): Promise<T> =>
  JSON.parse(await call([...words.slice(0, 2), '--json', ...words.slice(2)]));
const idOf = async (...words: string[]) => (await json(...words)).id;

describe('coordination', () => {
  it('queues, explains and builds jobs', async () => {
    const waiting = await idOf('job', 'add', '--labels', 'gpu', '--', 'make');
    for (const verb of ['why', 'show', 'pause', 'resume']) await gityard('job', verb, waiting);
    await gityard('job', 'priority', waiting, '2');
    await gityard('job', 'assign', waiting, 'build2');
    await gityard('explain', waiting);
    await gityard('job', 'list', '--status', 'queued');
    for (const verb of ['cancel', 'retry', 'cancel'])
      await gityard('job', verb, waiting, '--reason', 'is there such a card?');

    const built = await idOf('job', 'add', '--repo', project, '--branch', 'main');
    await gityard('job', 'wait', built, '--timeout', '240s');
    await gityard('job', 'logs', built);
    await gityard('job', 'tests', built);
    const test = ['T.Works', '--repo', project, '--reason', 'needs a clock'];
    await gityard('test', 'quarantine', ...test);
    await gityard('test', 'list');
    await gityard('test', 'release', ...test);

    await gityard('fleet', 'pause', '--reason', 'the database moves');
    const byHand = await idOf('job', 'add', '--', 'true');
    await call(['job', 'next', '--agent', 'build1'], 1);
    await gityard('fleet', 'resume');
    await gityard('job', 'wait', byHand, '--timeout', '240s');
    const { pool } = await json<{ pool: string }>('agent', 'show', 'build1');
    await gityard('pool', 'pause', pool);
    await gityard('pool', 'resume', pool);
    const own = await idOf('job', 'add', '--assign', 'tester', '--', 'true');
    await gityard('job', 'next');
    await gityard('job', 'complete', own, 'succeeded', '3');
    await writeFile(join(world.folder, 'wish.json'), '{"command": ["true"]}');
    await gityard('queue', 'check', join(world.folder, 'wish.json'));
  });

  it('knows its agents, and lets them be steered', async () => {
    for (const verb of ['show', 'drain', 'resume', 'maintenance', 'resume']) await gityard('agent', verb, 'build2');
    await gityard('agent', 'list');
    await gityard('agent', 'failover', 'build2', 'build1', '--reason', 'its disk is dying');
    await gityard('agent', 'resume', 'build2');
    await gityard('agent', 'remove', 'tester');
    await gityard('agent', 'allow', '--list');
  });

  it('has locks', async () => {
    await gityard('lock', 'acquire', 'deploy');
    await gityard('lock', 'list');
    await gityard('lock', 'show', 'deploy');
    await gityard('lock', 'release', 'deploy');
    await gityard('lock', 'run', 'deploy', '--', 'true');
    await gityard('lock', 'acquire', 'left');
    await gityard('lock', 'recover', '--timeout', '1s');
    await gityard('lock', 'acquire', 'broken');
    await gityard('lock', 'break', 'broken', '--reason', 'its holder burned down');
  });

  it('carries messages and files', async () => {
    await writeFile(join(world.folder, 'notes.txt'), 'what to do');
    const send = ['message', 'send', '--from', 'ada', '--subject', 'Disk swap'];
    const id = await idOf(...send, '--to', 'build1', '--ack-by', '1h', '--file', join(world.folder, 'notes.txt'));
    await idOf(...send, '--to', 'all', '--reply-to', id);
    await gityard('message', 'list', '--unread');
    for (const verb of ['read', 'ack', 'mark-read', 'show', 'thread'])
      await gityard('message', verb, id, ...(verb === 'show' || verb === 'thread' ? [] : ['--agent', 'build1']));
    await gityard('message', 'get', id, '--agent', 'build1', '--out', join(world.folder, 'downloads'));
    await gityard('message', 'mark-all-read', 'build2');
    await gityard('message', 'search', '--query', 'disk');
    await gityard('message', 'stats');
    await gityard('message', 'archive', '--days', '30', '--dry-run');
  });

  it('takes tasks by chat, and keeps logbooks of scripts', async () => {
    const task = await idOf('task', 'send', 'Build it', '--tags', 'npm');
    await gityard('task', 'list');
    await gityard('task', 'status', task);
    await gityard('task', 'stats');
    await gityard('job', 'cancel', task);
    const log = (await gityard('logbook', 'init', 'nightly', 'main', '4f5e6d7')).trim();
    await gityard('logbook', 'event', log, 'info', 'begun');
    await gityard('logbook', 'command', log, 'tests', '--', 'true');
    await gityard('logbook', 'finalize', log, 'succeeded', '0');
  });

  it('builds branches, and learns from builds', async () => {
    await gityard('branch', 'init');
    await gityard('branch', 'add', 'main', project, '2', 'false');
    for (const words of [['list'], ['show', 'main'], ['toggle', 'main', 'true'], ['queue-all']])
      await gityard('branch', ...words);
    await gityard('branch', 'check-updates');
    await gityard('branch', 'worktrees', join(world.folder, 'worktrees'));
    await gityard('branch', 'remove', 'main');
    await gityard('predict', 'record', 'nightly-7', 'build1', 'main', '0a1b2c3d', '12', 'succeeded');
    await gityard('predict', 'duration', 'main');
    await gityard('predict', 'agent', 'main');
    await gityard('predict', 'stats');
    await gityard('stats', 'cost', '--by', 'branch');
    await gityard('stats', 'objectives');
    await gityard('namespace', 'set', 'team-a', '--labels', 'team-a', '--running', '3');
    for (const verb of ['show', 'rm']) await gityard('namespace', verb, 'team-a');
    await gityard('namespace', 'list');
  });

  it('measures artifacts, compares them, and goes back', async () => {
    const [one, two] = [join(world.folder, 'one'), join(world.folder, 'two')];
    for (const [folder, content] of [
      [one, '1'],
      [two, '2'],
    ] as const) {
      await mkdir(folder);
      await writeFile(join(folder, 'app.deb'), content);
    }
    const [first, second] = [await aBuild(), await aBuild()];
    await gityard('artifact', 'manifest', one, 'release-1', 'main', '4f5e6d7');
    await gityard('artifact', 'manifest', two, 'release-2', 'main', '4f5e6d7', '--out', join(world.folder, 'two.json'));
    await gityard('artifact', 'export', join(world.folder, 'two.json'));
    await gityard('artifact', 'verify', 'release-1', one);
    await gityard('artifact', 'list');
    await gityard('artifact', 'cleanup', 'debs', '5', '--dry-run');
    await call(['artifact', 'get', first, '--out', join(world.folder, 'got')], 3);
    await call(['compare', 'manifests', 'release-1', 'release-2'], 1);
    await gityard('compare', 'jobs', first, second);
    await call(['compare', 'ledger'], 1);
    await call(['compare', 'report', 'release-1', 'release-2', join(world.folder, 'report.md')], 1);
    await call(['compare', 'latest', 'build1', 'nobody'], 3);

    const { tag } = await json<{ tag: string }>('rollback', 'tag', first);
    for (const words of [['list'], ['show', tag], ['last-good', 'main'], ['to', tag, '--wait'], ['cleanup', '20']])
      await gityard('rollback', ...words);
  });

  it('tells how the fleet is, was, and would be', async () => {
    for (const words of [['status'], ['health', 'update'], ['health', 'show'], ['notify', 'list'], ['log', '-n', '5']])
      await gityard(...words);
    called.add('health check');
    // What needs somebody may be over a moment later: its own answer says what its exit code must be.
    const checked = await world.spawn(['health', 'check', '--json'], { env: { GITYARD_YARD: address } });
    expect(checked.code).toBe((JSON.parse(checked.stdout) as { ok: boolean }).ok ? 0 : 1);
    await call(['notify', 'test', 'nobody'], 3);
    await gityard('at', '1s', 'job', 'list');
    await gityard('bisect', '--when', 'jobs.succeeded > 0');
    await gityard('simulate', '--agents', '+1');
    await gityard('import', await aPredecessor());
  });

  it('leaves a history in which every rule holds', async () => {
    expect(await json('audit')).toMatchObject({ ok: true, firstViolation: null });
  });

  it('lets the program end by itself after all of them', async () => {
    expect(await life.end()).toBe(0);
  });

  it('has called every command that there is', () => {
    const owed = COMMANDS.map((it) => it.name).filter((it) => !ELSEWHERE.test(it));
    expect(owed.filter((it) => !called.has(it))).toEqual(['job watch']);
  });
});

async function aBuild(): Promise<string> {
  const id = await idOf('job', 'add', '--repo', project, '--branch', 'main');
  await gityard('job', 'wait', id, '--timeout', '240s');
  return id;
}

async function aPredecessor(): Promise<string> {
  const path = join(world.folder, 'old');
  await mkdir(join(path, 'build9'), { recursive: true });
  await mkdir(join(path, 'coordination'));
  await writeFile(join(path, 'build9', 'status.json'), '{"server": "build9", "status": "online"}');
  const message = { id: 'msg_1', from: 'build9', to: 'all', subject: 'hello', timestamp: '2025-11-13 10:20:30' };
  await writeFile(join(path, 'coordination', 'messages.json'), JSON.stringify({ messages: [message] }));
  return path;
}
