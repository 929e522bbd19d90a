import { join } from 'node:path';
import { git } from '@gityard/testing';
import { openYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const add = async (...words: string[]): Promise<string> =>
  (await world.json<{ id: string }>(['job', 'add', ...words])).id;
const show = (id: string) => world.json<Record<string, unknown>>(['job', 'show', id]);

/** As an agent does it: the raw output in chunks, and a Markdown beside it. */
async function publishLog(id: string): Promise<void> {
  const yard = openYard({ address: world.yard, actor: 'logger' });
  const file = (name: string, text: string) => ({
    path: `logger/logs/${id}_20260101T000000Z${name}`,
    content: new TextEncoder().encode(text),
  });
  const files = [file('.1.log', '\u001b[31mred\u001b[0m\nlast\n'), file('.0.log', 'first\n'), file('.md', '# log\n')];
  await yard.logs.publish(files, { agent: 'logger', job: id, keep: 10 });
  await yard.close();
}

async function publishFiles(id: string, contents: Readonly<Record<string, string>>): Promise<void> {
  const yard = openYard({ address: world.yard, actor: 'logger' });
  const path = (name: string) => `logger/logs/${id}_20260101T000000Z${name}`;
  const files = Object.entries(contents).map(([name, text]) => ({ path: path(name), content: Buffer.from(text) }));
  await yard.logs.publish(files, { agent: 'logger', job: id, keep: 10 });
  await yard.close();
}

describe('job', () => {
  it('goes by hand from the queue to its end', async () => {
    const id = await add('--priority', 'Critical', '--param', 'a=b', '--', 'echo', 'hi there');

    const claimed = await world.json(['job', 'next', '--agent', 'build1']);
    const waiting = world.run(['job', 'wait', id, '--timeout', '30s', '--json']);
    const finished = await world.json(['job', 'complete', id.slice(0, 20), 'succeeded', '42', '--agent', 'build1']);

    expect(claimed).toMatchObject({
      id,
      status: 'claimed',
      agent: 'build1',
      token: 1,
      priority: 1,
      command: ['echo', 'hi there'],
    });
    expect(finished).toMatchObject({
      id,
      status: 'succeeded',
      result: { exitCode: 0 },
      attempts: [{ stages: [{ name: 'Build', status: 'Succeeded' }] }],
    });
    const { code, stdout } = await waiting;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id, status: 'succeeded' });
    expect((await world.run(['job', 'next', '--agent', 'build1'])).code).toBe(1);
  });

  it('answers the commit that holds the job, also when the key was known, and keeps the reason in the history', async () => {
    const words = ['job', 'add', '--key', 'release', '--labels', 'nobody', '--reason', 'for the fair', '--', 'make'];
    const first = await world.json<{ id: string; commit: string }>(words);
    const twin = await world.json<{ id: string; commit: string }>(words);

    expect(await git(['log', '-1', '--format=%(trailers:key=Reason)', first.commit], { cwd: world.yard })).toContain(
      'Reason: for the fair',
    );
    expect(twin.id).toBe(first.id);
    expect(twin.commit).toBe((await git(['rev-parse', 'yard'], { cwd: world.yard })).trim());
    await world.ok('job', 'cancel', first.id);
  });

  it('keeps what it does not know of a file that somebody wrote by hand', async () => {
    const id = await add('--labels', 'nobody', '--', 'make');
    const path = (await git(['ls-tree', '-r', '--name-only', 'yard'], { cwd: world.yard }))
      .split('\n')
      .find((it) => it.includes(id));
    const file = JSON.parse(await git(['show', `yard:${path}`], { cwd: world.yard }));
    await world.edit({ [String(path)]: JSON.stringify({ ...file, fromTomorrow: { kept: true } }) });

    await world.ok('job', 'priority', id, '2');

    const after = JSON.parse(await git(['show', `yard:${path}`], { cwd: world.yard }));
    expect(after).toMatchObject({ priority: 2, fromTomorrow: { kept: true } });
    await world.ok('job', 'cancel', id);
  });

  it('prints text that a person can act on', async () => {
    const id = await add('--labels', 'gpu', '--key', 'nightly', '--', 'make');
    const texts = [
      await world.ok('job', 'add', '--key', 'nightly', '--', 'make'),
      await world.ok('job', 'why', id),
      await world.ok('job', 'priority', id, 'low'),
      await world.ok('job', 'list', '--status', 'queued'),
      await world.ok('job', 'cancel', id, '--reason', 'wrong branch'),
      await world.ok('job', 'retry', id),
      await world.ok('job', 'show', id),
    ];

    expect(alike(texts.join('\n'), world)).toMatchInlineSnapshot(`
      "job <id1> is there already, under that key

      job <id1> is queued and will never run unless someone acts  position 1, 0 jobs ahead
      ! no agent fits gpu; nearest is build1, which lacks label gpu  [no-agent-with]

      job <id1> has priority 8 (1 = first, 10 = last)

      job                         status  prio (1 = first)  work  since
      <id1>  stuck   8                 make  <age>  no agent fits gpu; nearest is build1, which lacks label gpu

      job <id1> is cancelled

      job <id1> is queued for attempt 1

      job <id1>
      status     queued
      priority   8 (1 = first, 10 = last)
      command    make
      labels     gpu
      submitted  <time> by tester
      "
    `);
    await world.ok('job', 'cancel', id);
  });

  it('decides without committing on --dry-run', async () => {
    const before = await git(['rev-parse', 'yard'], { cwd: world.yard });

    const told = await world.json(['job', 'add', '--dry-run', '--', 'make']);
    const refused = await world.run(['job', 'cancel', 'zzz', '--dry-run']);

    expect(told).toMatchObject({ dryRun: true, commit: null, operation: 'submit', changes: [{ kind: 'job' }] });
    expect(refused.code).toBe(3);
    expect(await git(['rev-parse', 'yard'], { cwd: world.yard })).toBe(before);
  });

  it('builds the repository one stands in when nothing else is named', async () => {
    const project = join(world.folder, 'app');
    await git(['init', '--quiet', project], { cwd: world.folder });

    const here = await world.json<{ id: string }>(['job', 'add', '--branch', 'main'], { cwd: project });
    const relative = await world.json<{ id: string }>(['job', 'add', '--repo', './app']);

    expect(await show(here.id)).toMatchObject({ repository: project, branch: 'main' });
    expect(await show(relative.id)).toMatchObject({ repository: project });
    expect((await world.run(['job', 'add'])).code).toBe(2);
  });

  it('waits for others by the beginning of their ids, and says why', async () => {
    const first = await add('--', 'one');
    const second = await add('--needs', first, '--', 'two');

    const why = await world.json<{ reasons: { code: string }[] }>(['job', 'why', second]);

    expect(why).toMatchObject({
      id: second,
      status: 'queued',
      canEverRun: expect.any(Boolean),
      position: expect.any(Number),
    });
    expect(why.reasons.map((it) => it.code)).toContain('needs-running');
    expect((await world.run(['job', 'add', '--needs', 'zzz', '--', 'x'])).code).toBe(3);
  });

  it('exits 3 for an id that is not there or not clear, 1 for what a rule refuses, 124 when time is over', async () => {
    const id = await add('--labels', 'nobody-has-this', '--', 'make');
    const results = await Promise.all([
      world.run(['job', 'show', 'zzz', '--json']),
      world.run(['job', 'show', '01', '--json']),
      world.run(['job', 'retry', id, '--json']),
      world.run(['job', 'wait', id, '--timeout', '1s', '--json']),
      world.run(['job', 'complete', id, 'failed', '--json']),
      world.run(['job', 'assign', id, 'nobody', '--json']),
    ]);

    const told = results.map(({ code, stdout }) => [code, JSON.parse(stdout).error.code]);
    expect(told).toEqual([
      [3, 'NOT_FOUND'],
      [3, 'AMBIGUOUS_ID'],
      [1, 'NOT_FINISHED'],
      [124, 'TIMEOUT'],
      [4, 'STALE_TOKEN'],
      [1, 'UNKNOWN_AGENT'],
    ]);
  });

  it('shows the log of a job when there is one, and says when there is none', async () => {
    const id = await add('--', 'make');

    const none = await world.run(['job', 'logs', id]);

    expect(none.code).toBe(3);
    expect(alike(none.stderr, world)).toContain('has no log');
  });

  it('prints the raw log without what would steer a terminal, and with -f waits for the end', async () => {
    const id = await add('--labels', 'logged', '--priority', '1', '--', 'make');
    const following = world.run(['job', 'logs', id, '-f']);
    await publishLog(id);
    await world.ok('job', 'next', '--agent', 'logger', '--labels', 'logged');
    await world.ok('job', 'complete', id, 'failed', '--agent', 'logger');

    expect(await world.ok('job', 'logs', id)).toBe('first\nred\nlast\n');
    expect(await world.json(['job', 'logs', id])).toMatchObject({ id, text: expect.stringContaining('\u001b[31m') });
    expect(await following).toMatchObject({ code: 1, stdout: 'first\nred\nlast\n' });
  });

  it('shows a log in part: its end, a stage, lines with a word, with times, or byte for byte', async () => {
    const id = await add('--', 'make');
    const output =
      '[gityard] Build: make\n\u001b[31mred\u001b[0m\na.c:1:1: warning: w\n[gityard] Test: make test\nOK\n';
    const record = { startedAt: '2026-01-01T00:00:00Z', times: [{ line: 3, byte: 0, at: '2026-01-01T00:01:00Z' }] };
    await publishFiles(id, { '.1.log': output, '.json': JSON.stringify(record) });
    const logs = (...words: string[]) => world.ok('job', 'logs', id, ...words);

    expect(await logs('--tail', '1')).toBe('OK\n');
    expect(await logs('--tail', '0')).toBe('');
    expect(await logs('--stage', 'Test')).toBe('[gityard] Test: make test\nOK\n');
    expect(await logs('--grep', 'WARNING')).toBe('a.c:1:1: warning: w\n');
    expect(await logs('--stage', 'Build', '--times')).toBe(
      '[2026-01-01 00:00:00] INFO: [gityard] Build: make\n[2026-01-01 00:00:00] INFO: red\n[2026-01-01 00:01:00] WARNING: a.c:1:1: warning: w\n',
    );
    expect(await logs('--raw')).toBe(output);
    expect((await world.run(['job', 'logs', id, '--raw', '--tail', '1'])).code).toBe(2);
  });

  it('shows a log while it grows, by whole lines, and goes on to its end', async () => {
    const id = await add('--labels', 'growing', '--priority', '1', '--', 'make');
    await world.ok('job', 'next', '--agent', 'grower', '--labels', 'growing');
    await publishFiles(id, { '.1.log': 'one\ntwo\nthr' });
    const following = world.run(['job', 'logs', id, '-f', '--tail', '1']);
    await publishFiles(id, { '.1.log': 'one\ntwo\nthree\n', '.2.log': 'four\n', '.json': '{}' });
    await world.ok('job', 'complete', id, 'succeeded', '--agent', 'grower');

    const { code, stdout } = await following;

    expect(code).toBe(0);
    expect(['two\nthree\nfour\n', 'four\n']).toContain(stdout);
  });

  it('tells how tests ended, from the log', async () => {
    const id = await add('--', 'make');
    const failed = {
      name: 'T.C',
      message: 'no',
      path: 'T.cs',
      line: 7,
      durationMs: 3,
      details: 'no\nat T.C()',
      suite: 'T',
    };
    const record = {
      tests: { total: 3, passed: 1, failed: 1, skipped: 1 },
      coverage: { linesCovered: 1, linesTotal: 2, branchesCovered: 0, branchesTotal: 0 },
      testCases: { failed: [failed], slow: [{ name: 'T.A', durationMs: 12_000 }], retried: [] },
      flakyTests: ['T.B'],
      unreadReports: ['the report a.xml is broken: it ends early'],
    };
    expect((await world.run(['job', 'tests', id])).code).toBe(3);
    await publishFiles(id, { '.json': JSON.stringify(record) });

    expect(await world.ok('job', 'tests', id)).toBe(
      '3 tests: 1 passed, 1 failed, 1 skipped\ncoverage: 50.0 % of 2 lines\nflaky: T.B\nnot counted: the report a.xml is broken: it ends early\nfailed T.C  T.cs:7\n  no\nslowest\nT.A      12s\n',
    );
    expect(await world.ok('job', 'tests', id, '--failed')).toBe(
      'not counted: the report a.xml is broken: it ends early\nfailed T.C  T.cs:7\n  no\n  at T.C()\n',
    );
    expect(await world.json(['job', 'tests', id, '--slow'])).toEqual({
      id,
      tests: record.tests,
      coverage: record.coverage,
      flaky: ['T.B'],
      unread: record.unreadReports,
      slow: record.testCases.slow,
    });
  });

  it('shows nothing of a terminal in what others wrote', async () => {
    await add('--', 'make', '\u001b]0;owned\u0007evil\u202e');

    const text = await world.ok('job', 'list');

    expect(text).toContain('evil');
    expect([...text].filter((it) => it < ' ' && it !== '\n')).toEqual([]);
  });
});
