import { openYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

const OBJECTIVES = [
  { name: 'soon', kind: 'wait', percent: 90, withinMinutes: 0.1 },
  { name: 'sound', kind: 'success', percent: 99 },
];
let world: World;
let id: string;
beforeAll(async () => {
  world = await makeWorld();
  await world.configure({ cost: { currency: 'CHF', agents: { build1: 36 }, others: null } });
  id = await built('build1', { repository: 'https://git.example/app.git', branch: 'main' });
  await built('build2', { command: ['true'] });
  await world.configure({ objectives: OBJECTIVES });
});
afterAll(() => world.remove());

/** A hundred seconds, ten days ago. */
const TEN_DAYS_AGO = Date.now() - 864_000_000;

async function built(agent: string, job: object): Promise<string> {
  const yard = openYard({ address: world.yard, actor: agent });
  await yard.refresh();
  const at = (seconds: number) => new Date(TEN_DAYS_AGO + seconds * 1000).toISOString();
  const jobId = `job-${agent}`;
  const machine = { id: agent, host: agent, boot: 'b', allows: { repositories: ['*'], commands: true } };
  const orThrow = <T extends { ok: boolean }>(it: T): T => {
    if (!it.ok) throw new Error(JSON.stringify(it));
    return it;
  };
  orThrow(await yard.perform('register', { agent: machine as never, replaces: null, now: at(0) }));
  orThrow(await yard.perform('submit', { id: jobId, job, by: 'ann', now: at(0) }));
  orThrow(await yard.perform('claim', { agentId: agent, boot: 'b', jobId, now: at(10) }));
  const ended = { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null, stages: [] } as const;
  orThrow(await yard.perform('finish', { jobId, agentId: agent, token: 1, ...ended, result: {}, now: at(110) }));
  await yard.close();
  return jobId;
}

describe('stats cost', () => {
  it('tells what builds cost by the rates of yard.json, and of which nobody knows', async () => {
    expect(await world.json(['stats', 'cost', '--by', 'branch'])).toMatchObject({
      by: 'branch',
      total: { currency: 'CHF', amount: 1, seconds: 200, unknownSeconds: 100 },
      rows: [
        { name: 'main', jobs: 1, amount: 1, unknownSeconds: 0 },
        { name: null, jobs: 1, amount: null, unknownSeconds: 100 },
      ],
    });
    expect(await world.ok('stats', 'cost', '--by', 'person')).toMatch(/1\.00 CHF and what 1m 40s without a rate cost/);
    expect(await world.json(['stats', 'cost', '--since', '9d'])).toMatchObject({ total: { amount: null }, rows: [] });
    const day = new Date(TEN_DAYS_AGO + 60_000).toISOString();
    expect(await world.json(['stats', 'cost', '--until', day])).toMatchObject({ total: { amount: 0.5, seconds: 100 } });
    expect(await world.ok('stats', 'cost', '--until', '11d')).toMatch(/^nothing was built since .*, until /);
  });

  it('is told of one job as well, also of one in the archive', async () => {
    expect(await world.json(['compact'])).toMatchObject({ archive: { jobs: 2 } });
    expect((await world.json<{ total: object }>(['stats', 'cost'])).total).toMatchObject({ amount: 1, seconds: 200 });
    expect(await world.json(['job', 'show', id])).toMatchObject({ cost: { amount: 1, seconds: 100 } });
    expect(await world.ok('job', 'show', id)).toMatch(/^cost {7}1\.00 CHF$/m);
    expect(await world.ok('job', 'show', 'job-build2')).not.toContain('cost');
  });
});

describe('stats objectives', () => {
  it('tells what was reached, over the archive too, and what is left of the error budget', async () => {
    expect(await world.json(['stats', 'objectives'])).toMatchObject({
      objectives: [
        { name: 'soon', good: 0, of: 2, percent: 0, budget: { used: 2 }, fast: { rate: null }, state: 'missed' },
        { name: 'sound', good: 2, of: 2, percent: 100, budget: { left: 1 }, state: 'met' },
      ],
    });
    expect(await world.ok('stats', 'objectives')).toMatch(/^soon {4,}missed .*0\.00 % of 2/m);
    expect(await world.json(['status', '--verbose'])).toMatchObject({
      objectives: [{ name: 'soon' }, { name: 'sound' }],
    });
    expect(await world.ok('status', '--verbose')).toContain('99 % of builds succeed but for their own code');
  });

  it('exits 1 while one burns, and so does the health check', async () => {
    for (const name of ['one', 'two', 'three']) await world.ok('job', 'add', '--', name);
    await world.configure({ objectives: [{ name: 'now', kind: 'wait', withinMinutes: 0 }] });

    expect((await world.run(['stats', 'objectives'])).code).toBe(1);
    const checked = await world.run(['health', 'check', '--json']);
    expect([checked.code, JSON.parse(checked.stdout).needsYou]).toEqual([
      1,
      expect.arrayContaining([expect.objectContaining({ code: 'objective-burning' })]),
    ]);
  });
});
