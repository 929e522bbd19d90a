/** What would be, through the real program: a week that is over played again, and changes of the queue before they are made. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { openYard, pathOf, type Yard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../program.fixture.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const started = Date.now();
const ago = (ms: number) => new Date(started - ms).toISOString();

let world: World;
let yard: Yard;
beforeAll(async () => {
  world = await makeWorld();
  yard = openYard({ address: world.yard, actor: 'past' });
  const agent = { id: 'm1', host: 'h', boot: 'b1', allows: { repositories: ['*'], commands: true } };
  await done(yard.perform('register', { agent, replaces: null, now: ago(20 * DAY_MS) }));
  // Asked for at once, built one after the other: one ten days ago, three yesterday.
  await built('p0', 10 * DAY_MS, 10 * DAY_MS);
  for (const [at, id] of ['p1', 'p2', 'p3'].entries()) await built(id, DAY_MS, DAY_MS - at * 10 * MINUTE_MS);
});
afterAll(async () => {
  await yard.close();
  await world.remove();
});

async function done(outcome: Promise<{ ok: boolean }>): Promise<void> {
  const answer = await outcome;
  if (!answer.ok) throw new Error(JSON.stringify(answer));
}

/** It was asked for and claimed so long ago, and took ten minutes. */
async function built(id: string, askedMs: number, claimedMs: number): Promise<void> {
  const job = { command: ['make'], branch: id === 'p3' ? 'release/1' : 'main' };
  await done(yard.perform('submit', { id, job, by: 'ann', now: ago(askedMs) }));
  await done(yard.perform('claim', { agentId: 'm1', boot: null, jobId: id, now: ago(claimedMs) }));
  const ending = { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null, stages: [] } as const;
  const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
  const now = ago(claimedMs - 10 * MINUTE_MS);
  await done(yard.perform('finish', { jobId: id, agentId: 'm1', token: 1, ...ending, result, now }));
}

type Figures = { agents: number; jobs: number; waitSeconds: { p50: number; p90: number }; makespanSeconds: number };
type Replayed = { observed: { p50: number }; before: Figures; after: Figures; leftOut: number };
const simulate = <T = Replayed>(...words: string[]) => world.json<T>(['simulate', ...words]);

describe('simulate', () => {
  it('plays the last days again with more agents, the same each time', async () => {
    const more = await simulate('--agents', '+2', '--since', '2d');

    expect(more).toMatchObject({
      observed: { p50: 600, p90: 1200 },
      before: { agents: 1, jobs: 3, waitSeconds: { p50: 600, p90: 1200 }, makespanSeconds: 1800, utilisation: 1 },
      after: { agents: 3, waitSeconds: { p50: 0, p90: 0 }, makespanSeconds: 600 },
    });
    expect((await simulate('--agents', '3', '--since', '2d')).after).toEqual(more.after);
  });

  it('looks further back, into the archive as well', async () => {
    await world.ok('compact');

    expect((await simulate()).before.jobs).toBe(3);
    expect((await simulate('--since', '30d')).before.jobs).toBe(4);
    expect((await simulate('--since', '30d', '--limit', '2')).before.jobs).toBe(2);
  });

  it('tries other priorities and another yard.json', async () => {
    await writeFile(join(world.folder, 'other.json'), '{"jobs": {"ageingMinutes": 0}}');
    const table = await world.ok('simulate', '--priority', 'release/*=1', '--config', 'other.json', '--since', '2d');

    expect(table).toMatch(/3 jobs[\s\S]*as it was +before +after[\s\S]*wait, half of the jobs +10m +10m +10m/);
  });

  it('says so when no job has the branch of a priority', async () => {
    expect((await world.run(['simulate', '--priority', 'nope=1'])).stderr).toContain(
      'no job of that time has a branch nope',
    );
  });

  it.each([
    [['--agents', '-1'], 7],
    [['--agents', 'many'], 2],
    [['--agents', '0'], 2],
    [['--agents', '+1', '--like', 'm9'], 3],
    [['--priority', 'main=11'], 2],
    [['--config', 'nowhere.json'], 3],
    [['--markdown'], 2],
    [['--diff', 'HEAD', '--agents', '+1'], 2],
    [['--diff', '--upload-pack=x'], 2],
    [['--diff', 'no-such-thing'], 3],
  ])('answers %j with exit code %i', async (words, code) => {
    expect((await world.run(['simulate', ...words])).code).toBe(code);
  });
});

type Refused = { path: string; line: number | null; reason: string };
type Effect = { id: string; change: string; before: { position: number } | null; after: { position: number } | null };
type Proposed = {
  ok: boolean;
  refused: Refused[];
  jobs: Effect[];
  files: unknown[];
  settings: string[];
  ignored: string[];
};

describe('simulate --diff', () => {
  let clone: string;
  let waiting: string;
  let later: string;
  const inClone = (...args: string[]) => git(args, { cwd: clone });
  const diff = async (...words: string[]) => {
    const run = await world.run(['simulate', '--json', '--diff', ...words], { cwd: clone });
    return { code: run.code, ...(JSON.parse(run.stdout) as Proposed) };
  };
  const places = (jobs: readonly Effect[]) =>
    jobs.map((it) => [it.id, it.change, it.before?.position ?? null, it.after?.position ?? null]);
  const write = async (path: string, text: string) => {
    await mkdir(join(clone, path, '..'), { recursive: true });
    await writeFile(join(clone, path), text);
  };
  /** A branch of the yard's state with these files, as a pull request has it. */
  const propose = async (branch: string, files: Readonly<Record<string, string>>) => {
    await inClone('checkout', '--quiet', '-B', branch, 'origin/yard');
    for (const [path, text] of Object.entries(files)) await write(path, text);
    await inClone('add', '--all');
    await inClone('commit', '--quiet', '--message', branch);
  };
  const jobFile = async (id: string, fields: object) => {
    const path = pathOf('job', id);
    return {
      [path]: JSON.stringify({ ...JSON.parse(await inClone('show', `origin/yard:${path}`)), ...fields }, null, 2),
    };
  };

  const settings = async (changed: object) => ({
    'yard.json': JSON.stringify({ ...JSON.parse(await inClone('show', 'origin/yard:yard.json')), ...changed }),
  });

  beforeAll(async () => {
    waiting = (await world.json<{ id: string }>(['job', 'add', '--', 'make', 'a'])).id;
    later = (await world.json<{ id: string }>(['job', 'add', '--', 'make', 'b'])).id;
    clone = join(world.folder, 'checkout');
    await git(['clone', '--quiet', '--branch', 'yard', world.yard, clone], { cwd: world.folder });
  });

  it('tells of a range what comes, what is pushed back, and by how much', async () => {
    await propose('urgent', { 'queue/team/hot.json': '{"command": ["make", "fix"], "priority": 1}', 'notes.md': 'x' });

    const found = await diff('origin/yard..HEAD');

    expect(found).toMatchObject({ code: 0, ok: true, refused: [], ignored: ['notes.md'] });
    expect(places(found.jobs)).toEqual([
      ['new-1', 'added', null, 1],
      [waiting, 'moved', 1, 2],
      [later, 'moved', 2, 3],
    ]);
    expect(await diff('urgent')).toMatchObject({ jobs: found.jobs.map(({ id }) => ({ id })) });
    expect(await diff('origin/yard...urgent')).toMatchObject({ ok: true });
    const text = await world.run(['simulate', '--diff', 'urgent'], { cwd: clone });
    expect(text.stdout).toMatch(/make b .*moved +2 → 3 +.*\(\+10m\)/);
  });

  it('draws the same as Markdown in which others can write nothing of their own', async () => {
    await propose('sly', { 'queue/sly.json': '{"command": ["|<img src=x>@all"]}' });

    const { stdout } = await world.run(['simulate', '--diff', 'sly', '--markdown'], { cwd: clone });

    expect(stdout).toMatch(/^### What this does to the queue\n/);
    expect(stdout).toMatch(/\| new-1 \| &#124;&#60;img src=x&#62;&#64;all \| added \| – → 2 \|/);
  });

  it('knows a new priority, a setting, and a job that somebody cancels', async () => {
    await propose('edits', {
      ...(await jobFile(later, { priority: 1 })),
      'queue/stop.json': JSON.stringify({ op: 'cancel', target: waiting, if: { status: 'queued' } }),
      ...(await settings({ jobs: { ageingMinutes: 5 } })),
    });

    const found = await diff('edits');

    expect(found).toMatchObject({ ok: true, settings: ['jobs'] });
    expect(places(found.jobs)).toEqual([
      [later, 'changed', 2, 1],
      [waiting, 'removed', 1, null],
    ]);
  });

  it('refuses what the inbox or a rule would, with the place, and exits 1', async () => {
    await propose('wrong', {
      'queue/broken.json': '{\n  "command": ["make"],\n  "priority": 11\n}',
      'queue/needs.json': '{"command": ["make"], "needs": ["nobody"]}',
      'queue/much/too/deep.json': '{}',
      'queue/leak.json': JSON.stringify({ command: ['deploy', `ghp_${'a1B2c3D4e5F6'.repeat(3)}`] }),
      'yard.json': '{\n  "lease": {\n    "seconds": 1 }\n}',
      ...(await jobFile(waiting, { status: 'succeeded', token: 7 })),
    });

    const { code, ok, refused } = await diff('wrong');

    expect({ code, ok }).toEqual({ code: 1, ok: false });
    const of = (path: string) => refused.find((it) => it.path === path);
    expect(of('queue/broken.json')).toMatchObject({ line: 3, reason: expect.stringContaining('priority must') });
    expect(of('queue/needs.json')?.reason).toContain('needs job nobody, which does not exist');
    expect(of('queue/much/too/deep.json')?.reason).toContain('is not taken up');
    expect(of('yard.json')).toMatchObject({ line: 3 });
    expect(of('queue/leak.json')?.reason).toContain('looks like a secret');
    expect(refused.some((it) => /token/.test(it.reason))).toBe(true);
  });

  it('refuses jobs that would wait for each other', async () => {
    await propose('ring', {
      ...(await jobFile(waiting, { needs: [later] })),
      ...(await jobFile(later, { needs: [waiting] })),
    });

    const { ok, jobs, refused } = await diff('ring');

    expect({ ok, jobs: jobs.length }).toEqual({ ok: false, jobs: 2 });
    expect(refused.map((it) => it.reason)).toEqual(Array(2).fill(expect.stringContaining('waits for itself')));
  });

  it('refuses what was changed in the yard meanwhile', async () => {
    await propose('stale', await jobFile(later, { priority: 9 }));
    await world.ok('job', 'priority', later, '2');

    expect(await diff('origin/yard..stale')).toMatchObject({
      ok: false,
      refused: [{ path: pathOf('job', later), reason: expect.stringContaining('changed in the yard meanwhile') }],
    });
    await inClone('fetch', '--quiet');
    // The yard went on since the branch left it, and of that the branch says nothing.
    expect(await diff('origin/yard..urgent')).toMatchObject({ ok: true, files: [{ path: 'queue/team/hot.json' }] });
  });

  it('takes a patch, a file and a folder as well', async () => {
    await propose('more', {
      'queue/more.json': '[{"command": ["make", "c"]}, {"command": ["make", "d"]}]',
      ...(await settings({ name: 'other' })),
    });
    await writeFile(join(clone, 'more.patch'), await inClone('diff', 'origin/yard', 'more'));
    await inClone('checkout', '--quiet', 'origin/yard');
    await write('drafts/team/e.json', '{"command": ["make", "e"]}');
    const added = async (name: string) => {
      const { ok, jobs, settings } = await diff(name);
      return { ok, added: jobs.filter((it) => it.change === 'added').length, settings };
    };

    expect(await added('more.patch')).toEqual({ ok: true, added: 2, settings: ['name'] });
    expect(await added('drafts/team/e.json')).toEqual({ ok: true, added: 1, settings: [] });
    expect(await added('drafts')).toEqual({ ok: true, added: 1, settings: [] });
  });

  it('lets a patch touch nothing outside of its folder', async () => {
    const makingFile = (path: string) =>
      `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+hello\n`;
    await writeFile(join(clone, 'out.patch'), makingFile('../../../../../../out.txt'));
    await writeFile(
      join(clone, 'old.patch'),
      makingFile('queue/x.json').replace('@@ -0,0 +1 @@', '@@ -1 +1 @@\n-not there'),
    );

    const codes = [];
    for (const name of ['out.patch', 'old.patch'])
      codes.push((await world.run(['simulate', '--diff', name], { cwd: clone })).code);

    expect(codes).toEqual([4, 4]);
  });

  it('changes nothing', async () => {
    const [newest] = await world.json<{ operation: string }[]>(['log', '-n', '1']);

    expect(newest?.operation).toBe('prioritise');
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });
});
