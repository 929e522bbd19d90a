/** The rules of the queue through the real program: limits of time, superseding, pauses, assignment, order, many at once. */
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

interface Job {
  readonly id: string;
  readonly status: string;
}
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const add = async (...words: string[]): Promise<string> => (await world.json<Job>(['job', 'add', ...words])).id;
const show = (id: string) => world.json(['job', 'show', id]);
const next = (agent: string) => world.run(['job', 'next', '--agent', agent, '--json']);
const idOf = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as Job).id;
const codes = async (id: string) =>
  (await world.json<{ reasons: { code: string }[] }>(['job', 'why', id])).reasons.map((it) => it.code);
/** Nothing is left behind for the next spec, and the history holds all of it without a fault. */
async function done(...ids: string[]): Promise<void> {
  await world.ok('job', 'cancel', ...ids);
  expect(await world.json(['audit'])).toMatchObject({ ok: true, firstViolation: null });
}

describe('the queue', () => {
  it('puts a job into the trace that a flag, or the caller by TRACEPARENT, names, else into one of its own', async () => {
    const [given, around] = ['a', 'b'].map((digit) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`);
    const env = { TRACEPARENT: around ?? '' };
    const flagged = await world.json<Job>(['job', 'add', '--traceparent', given ?? '', '--', 'make'], { env });
    const inherited = await world.json<Job>(['job', 'add', '--', 'make'], { env });
    const alone = await world.json<Job>(['job', 'add', '--', 'make'], { env: { TRACEPARENT: 'none of ours' } });
    await world.configure({ links: { trace: 'https://jaeger.example/trace/{traceId}' } });

    expect(await show(flagged.id)).toMatchObject({ traceparent: given });
    expect(await show(inherited.id)).toMatchObject({ traceparent: around });
    const { traceparent, links } = await world.json<{ traceparent: string; links: object }>(['job', 'show', alone.id]);
    expect(links).toEqual({ trace: `https://jaeger.example/trace/${traceparent.split('-')[1]}` });
    expect(await world.ok('job', 'show', alone.id)).toContain('trace      https://jaeger.example/trace/');
    expect((await world.run(['job', 'add', '--traceparent', 'x', '--', 'make'])).stderr).toContain('--traceparent');
    await done(flagged.id, inherited.id, alone.id);
  });

  it('takes every limit of time and every rule of trying again as a flag', async () => {
    const limits = ['--timeout', '1h', '--queue-timeout', '2h', '--start-timeout', '5m', '--silent-timeout', '10m'];
    const id = await add(...limits, '--retries', '2', '--retry-on', 'timeout,lost', '--', 'make');
    const never = await add('--retry-on', 'never', '--', 'make');

    expect(await show(id)).toMatchObject({
      timeoutSeconds: 3600,
      queueTimeoutSeconds: 7200,
      startTimeoutSeconds: 300,
      silentTimeoutSeconds: 600,
      retries: 2,
      retryOn: ['timeout', 'lost'],
    });
    expect(await show(never)).toMatchObject({ retryOn: [] });
    expect((await world.run(['job', 'add', '--retry-on', 'policy', '--', 'make'])).code).toBe(2);
    expect(await world.ok('job', 'show', id)).toContain('run 1h, wait 2h, start 5m, silence 10m');
    await done(id, never);
  });

  it('cancels older jobs of the same work for a newer one, in one commit', async () => {
    const work = ['--branch', 'main', '--labels', 'nobody', '--supersede', 'queued', '--', 'make'];
    const old = await add(...work);
    const added = await world.json<{ id: string; commit: string }>(['job', 'add', ...work]);

    expect(await show(old)).toMatchObject({
      status: 'cancelled',
      cancelRequested: { by: 'tester', reason: `superseded by job ${added.id}` },
    });
    expect(await git(['log', '-1', '--format=%s', added.commit], { cwd: world.yard })).toContain('superseding 1');
    await done(added.id);
  });

  it('pauses a job with who and why, tells it, and lets it go on', async () => {
    const id = await add('--', 'make');

    const paused = await world.json(['job', 'pause', id, '--for', '2h', '--reason', 'release day']);
    expect(paused).toMatchObject({
      paused: { by: 'tester', reason: 'release day', at: expect.any(String), until: expect.any(String) },
    });
    expect(await codes(id)).toEqual(['paused', 'no-agent-with']);
    expect((await next('build1')).code).toBe(1);

    expect(await world.json(['job', 'resume', id])).toMatchObject({ paused: null });
    expect(idOf(await next('build1'))).toBe(id);
    expect((await world.run(['job', 'pause', id])).code).toBe(1);
    await world.ok('job', 'complete', id, 'succeeded', '--agent', 'build1');
    expect((await world.run(['job', 'pause', id, '--json'])).stdout).toContain('ALREADY_FINISHED');
  });

  it('pauses a pool and the fleet; status, why and next tell it, and nothing is committed twice', async () => {
    const id = await add('--', 'make');
    const pools = await world.json(['pool', 'pause', 'Linux', '--reason', 'new disks']);
    await world.ok('fleet', 'pause', '--reason', 'freeze');
    const head = await git(['rev-parse', 'yard'], { cwd: world.yard });
    await world.ok('fleet', 'pause', '--reason', 'freeze');

    expect(await git(['rev-parse', 'yard'], { cwd: world.yard })).toBe(head);
    expect(pools).toMatchObject({ paused: [{ pool: 'Linux', by: 'tester', reason: 'new disks', until: null }] });
    expect(await codes(id)).toEqual(['all-matching-paused']);
    expect(await world.json(['status'])).toMatchObject({
      paused: [{ pool: null }, { pool: 'Linux' }],
      needsYou: [{ code: 'queue-paused' }, { code: 'queue-paused' }],
    });
    expect(await world.ok('status')).toContain('the fleet is paused by tester: freeze');
    expect(JSON.parse((await next('build1')).stdout).error.message).toContain('the fleet is paused by tester: freeze');
    expect((await world.run(['pool', 'pause', 'Mars'])).code).toBe(3);

    const told = await world.ok('fleet', 'resume');
    expect(told).toMatch(/^the fleet is resumed\npool Linux is paused/);
    expect((await next('build1')).code).toBe(1);
    expect(await world.json(['pool', 'resume', 'Linux'])).toEqual({ paused: [] });
    expect(idOf(await next('build1'))).toBe(id);
    await world.ok('job', 'complete', id, 'succeeded', '--agent', 'build1');
  });

  it('drains an agent for a time, with who and why', async () => {
    const id = await add('--', 'make');

    expect(await world.json(['agent', 'drain', 'build1', '--for', '1h', '--reason', 'kernel'])).toMatchObject({
      mode: 'draining',
      modeBy: 'tester',
      modeReason: 'kernel',
      modeUntil: expect.any(String),
    });
    expect((await world.json<{ reasons: object[] }>(['job', 'why', id])).reasons).toMatchObject([
      { code: 'all-matching-paused', class: 'will-run', text: expect.stringContaining('draining by tester until') },
    ]);
    expect(await world.ok('agent', 'show', 'build1')).toContain('build1 is draining by tester until');
    await world.ok('agent', 'resume', 'build1');
    await done(id);
  });

  it('is reordered by an ordinary commit that edits the priority, and by job priority', async () => {
    const [first, second] = [await add('--', 'one'), await add('--', 'two')];
    const paths = (await git(['ls-tree', '-r', '--name-only', 'yard'], { cwd: world.yard })).split('\n');
    const path = String(paths.find((it) => it.includes(second)));
    const file = JSON.parse(await git(['show', `yard:${path}`], { cwd: world.yard }));
    const order = async () => (await world.json<Job[]>(['job', 'list', '--status', 'queued'])).map((it) => it.id);

    await world.edit({ [path]: JSON.stringify({ ...file, priority: 2 }) });
    expect(await order()).toEqual([second, first]);
    await world.ok('job', 'priority', first, 'Critical');
    expect(await order()).toEqual([first, second]);
    expect(idOf(await next('build1'))).toBe(first);
    await world.ok('job', 'complete', first, 'succeeded', '--agent', 'build1');
    await done(second);
  });

  it('serves submitters in turn', async () => {
    const of = (agent: string, word: string) => add('--agent', agent, '--', word);
    const [one, two] = [await of('ann', 'one'), await of('ann', 'two')];
    const other = await of('bob', 'three');

    const served = [];
    for (let turn = 0; turn < 3; turn++) {
      const id = idOf(await next('build1'));
      served.push(id);
      await world.ok('job', 'complete', id, 'succeeded', '--agent', 'build1');
    }

    expect(served).toEqual([one, other, two]);
  });

  it('assigns a job to an agent for a time', async () => {
    const id = await add('--assign', 'build1', '--assign-for', '1h', '--', 'make');
    expect(await show(id)).toMatchObject({ assignedTo: 'build1', assignedUntil: expect.any(String) });

    expect(await world.json(['job', 'assign', id, 'anyone'])).toMatchObject({ assignedTo: null, assignedUntil: null });
    expect(await world.ok('job', 'assign', id, 'build1', '--for', '10m')).toContain('is for build1 until');
    expect((await world.run(['job', 'add', '--assign-for', '1h', '--', 'make'])).code).toBe(2);
    await done(id);
  });

  it('lists what is asked for, and cancels many at once: by id, by branch, by group', async () => {
    const [a, b, c] = [
      await add('--branch', 'dev', '--labels', 'gpu', '--', 'make'),
      await add('--branch', 'dev', '--group', 'deploy', '--', 'make'),
      await add('--branch', 'main', '--group', 'deploy', '--', 'make'),
    ];
    const listed = async (...words: string[]) =>
      (await world.json<Job[]>(['job', 'list', '--status', 'queued', ...words])).map((it) => it.id).sort();

    expect(await listed('--branch', 'dev')).toEqual([a, b].sort());
    expect(await listed('--group', 'deploy')).toEqual([b, c].sort());
    expect(await listed('--label', 'gpu')).toEqual([a]);
    expect(await listed('--by', 'nobody')).toEqual([]);

    const cancelled = await world.json<Job[]>(['job', 'cancel', a, b, '--reason', 'no longer wanted']);
    expect(cancelled.map((it) => [it.id, it.status])).toEqual([
      [a, 'cancelled'],
      [b, 'cancelled'],
    ]);
    const half = await world.run(['job', 'pause', c, 'zzz', '--json']);
    expect([half.code, JSON.parse(half.stdout).error.code]).toEqual([3, 'NOT_FOUND']);
    expect(half.stderr).toContain(`job ${c} is paused`);
    expect(await world.json(['job', 'cancel', '--group', 'deploy'])).toMatchObject({ id: c, status: 'cancelled' });
    expect(await world.json(['job', 'cancel', '--group', 'deploy'])).toEqual([]);
    expect((await world.run(['job', 'cancel'])).code).toBe(2);
    await world.ok('job', 'retry', a, b);
    await done(a, b);
  });

  it('runs as many of a group as yard.json lets', async () => {
    await world.configure({ groups: { deploy: { limit: 2 } } });
    const ids = [];
    for (const word of ['one', 'two', 'three']) ids.push(await add('--group', 'deploy', '--', word));

    const claimed = [];
    for (const agent of ['g1', 'g2']) claimed.push(idOf(await next(agent)));
    expect(claimed).toEqual(ids.slice(0, 2));
    expect((await next('g3')).code).toBe(1);
    expect(await codes(ids[2] ?? '')).toContain('group-full');
    await world.ok('job', 'complete', claimed[0] ?? '', 'succeeded', '--agent', 'g1');
    expect(idOf(await next('g3'))).toBe(ids[2]);
    await world.ok('job', 'complete', claimed[1] ?? '', 'succeeded', '--agent', 'g2');
    await world.ok('job', 'complete', ids[2] ?? '', 'succeeded', '--agent', 'g3');
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });
});
