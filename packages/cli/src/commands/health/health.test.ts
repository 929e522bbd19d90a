/** The whole of it through the program: figures of a server that has only a script, and nothing written where nothing is new. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';
import { withinAnHour } from './within-an-hour.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.ok('job', 'add', '--', 'make');
});
afterAll(() => world.remove());

const heads = () => git(['for-each-ref', '--format=%(refname) %(objectname)'], { cwd: world.yard });
const codes = async () => {
  const { stdout } = await world.run(['health', 'check', '--json']);
  return (JSON.parse(stdout) as { needsYou: { code: string }[] }).needsYou.map((it) => it.code);
};

/** As a real agent would have said it. */
async function beatOfScript1(fields: object): Promise<void> {
  const clone = join(world.folder, 'live');
  await git(['clone', '--quiet', '--branch', 'yard-live', world.yard, clone], { cwd: world.folder });
  const path = join(clone, (await git(['ls-files', '*script1*'], { cwd: clone })).trim());
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...fields }));
  await git(['commit', '--quiet', '--all', '--message', 'a sign of life'], { cwd: clone });
  await git(['push', '--quiet', 'origin', 'yard-live'], { cwd: clone });
}

describe('health', () => {
  it('is brought up to date by hand once, and then only when something is new', async () => {
    expect(await world.json(['health', 'update'])).toMatchObject({ published: true, beat: false });

    const again = await withinAnHour(async () => {
      await world.ok('health', 'update');
      const before = await heads();
      const told = [];
      for (let round = 0; round < 3; round++) told.push(await world.json(['health', 'update']));
      return { told, before, after: await heads() };
    });

    expect(again.told).toMatchObject([{ published: false }, { published: false }, { published: false }]);
    expect(again.after).toBe(again.before);
    await world.ok('job', 'add', '--', 'more');
    expect(await world.json(['health', 'update', '--dry-run'])).toMatchObject({ published: true, dryRun: true });
    expect(await world.json(['health', 'update'])).toMatchObject({ published: true });
  });

  it('takes figures as a sign of life, of a server that is entered by them', async () => {
    expect(
      await world.json([
        'health',
        'update',
        '--agent',
        'script1',
        '--cpu',
        '17',
        '--memory',
        '40',
        '--disk',
        '50',
        '--disk-free',
        '120',
      ]),
    ).toMatchObject({ beat: true, published: true });

    const { agents } = await world.json<{ agents: unknown[] }>(['status']);
    expect(agents).toMatchObject([
      {
        id: 'script1',
        status: 'Idle',
        health: 'fresh',
        cpuPercent: 17,
        memoryPercent: 40,
        diskFreeGB: 120,
        strain: 'ok',
      },
    ]);
    expect(await world.json(['agent', 'show', 'script1'])).toMatchObject({ machine: { diskPercent: 50 }, strains: [] });
  });

  it('calls for a person when a disk is full, and not for one spike of the processor', async () => {
    await world.ok('health', 'update', '--agent', 'script1', '--cpu', '99', '--disk', '96');
    expect(await codes()).toContain('disk-critical');
    expect(await codes()).not.toContain('cpu-critical');

    await world.ok('health', 'update', '--agent', 'script1', '--cpu', '98', '--disk', '50');
    expect(await codes()).toContain('cpu-critical');
    expect(await codes()).not.toContain('disk-critical');
    expect(await world.ok('status')).toContain('processor 98 % in use');

    await world.configure({ health: { thresholds: { cpu: { warning: 99, critical: 100 } } } });
    expect(await codes()).not.toContain('cpu-critical');
  });

  it('lets no job wait for a server that only reports, until somebody claims for it', async () => {
    const [job] = await world.json<{ id: string }[]>(['job', 'list']);
    const why = async () => (await world.json<{ reasons: { code: string }[] }>(['job', 'why', job?.id ?? ''])).reasons;

    expect(await why()).toMatchObject([{ code: 'no-agent-with' }]);
    const claimed = await world.json<{ id: string }>(['job', 'next', '--agent', 'script1']);
    expect(claimed).toMatchObject({ status: 'claimed', agent: 'script1' });
    await world.ok('job', 'complete', claimed.id, 'succeeded', '1', '--agent', 'script1');
  });

  it('shows the hours and days, and the machines', async () => {
    const shown = await world.json<{ history: { span: string }[] }>(['health', 'show']);

    expect(shown.history.map((it) => it.span)).toEqual(['hour', 'day']);
    const text = await world.ok('health', 'show');
    for (const title of ['the last 24 hours', 'the last 30 days', 'machines']) expect(text).toContain(title);
    expect(await world.ok('status', '--verbose')).toContain('the last 24 hours');
  });

  it('shows how often the builds of an agent found something in the cache', async () => {
    await beatOfScript1({ cache: { hits: 98, misses: 22 } });

    expect(await world.json(['agent', 'show', 'script1'])).toMatchObject({ cache: { hits: 98, misses: 22 } });
    expect(await world.ok('agent', 'show', 'script1')).toMatch(/^cache +82 % of 120 looked up$/m);
    expect(await world.ok('status', '--verbose')).toMatch(/cache hits[\s\S]*^script1 .*82 % of 120/m);
  });

  it.each([
    [['--cpu', '101'], 'is no number from 0 to 100'],
    [['--cpu', 'much'], 'is no number from 0 to 100'],
    [['--cpu', '1', '--every', '0s'], 'is at least a second'],
    [['--every', '5m'], 'promises another sign of life'],
  ])('takes no %j', async (words, reason) => {
    const { code, stderr } = await world.run(['health', 'update', ...words]);

    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('leaves a history that breaks no rule', async () => {
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });
});
