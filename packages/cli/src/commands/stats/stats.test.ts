import { openYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
let id: string;
beforeAll(async () => {
  world = await makeWorld();
  await world.configure({ cost: { currency: 'CHF', agents: { build1: 36 }, others: null } });
  id = await built('build1', { repository: 'https://git.example/app.git', branch: 'main' });
  await built('build2', { command: ['true'] });
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
  });

  it('is told of one job as well, also of one in the archive', async () => {
    expect(await world.json(['compact'])).toMatchObject({ archive: { jobs: 2 } });
    expect((await world.json<{ total: object }>(['stats', 'cost'])).total).toMatchObject({ amount: 1, seconds: 200 });
    expect(await world.json(['job', 'show', id])).toMatchObject({ cost: { amount: 1, seconds: 100 } });
    expect(await world.ok('job', 'show', id)).toMatch(/^cost {7}1\.00 CHF$/m);
    expect(await world.ok('job', 'show', 'job-build2')).not.toContain('cost');
  });
});
