import type { Job } from '@gityard/domain';
import { git } from '@gityard/testing';
import { auditYard, newId } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from './agent.fixture.ts';
import { packagesRepository } from './distributed.fixture.ts';
import { allow } from './policy/change-policy.ts';

const AGENTS = ['a1', 'a2', 'a3'];

describe('builds over several agents', () => {
  let yard: TestYard;
  beforeAll(async () => {
    // Nobody falls silent here, and on a busy machine a beat may be late; three that look around all the time keep it busy.
    yard = await testYard({ lease: { seconds: 60 }, heartbeat: { intervalSeconds: 5 }, poll: { seconds: 0.5 } });
    for (const id of AGENTS) {
      const home = yard.homeOf(id);
      await allow(home, { repositories: ['*'] });
      await yard.start(id, { storage: { cache: { folder: yard.homeOf('cache') } } });
    }
    await yard.until('the fleet is there', (state) => state.agents.size === AGENTS.length);
    for (const id of AGENTS) await yard.beat(id);
  });
  afterAll(() => yard.close());

  async function add(repository: string, fields: object): Promise<string> {
    const job = { repository, branch: 'main', ...fields };
    const id = newId();
    const answer = await yard.person.perform('submit', { id, job, by: 'ada', now: new Date().toISOString() });
    if (!answer.ok) throw new Error(answer.reason);
    return id;
  }

  const partsOf = async (id: string): Promise<readonly Job[]> =>
    [...(await yard.person.refresh()).jobs].filter((it) => it.parent === id).sort((a, b) => (a.id < b.id ? -1 : 1));
  async function logOf(id: string): Promise<string> {
    const file = (await yard.person.logs.filesOf(id)).find((it) => it.path.endsWith('.1.log'));
    return Buffer.from(file?.content ?? []).toString();
  }
  const ended = (id: string, status: Job['status']): Promise<Job> => yard.untilStatus(id, status);
  const expectSound = async () =>
    expect(await auditYard(yard.person)).toMatchObject({ ok: true, firstViolation: null });

  it('build the parts of a graph in waves, and put the result together as if one had built it', async () => {
    const repository = await packagesRepository(yard.homeOf('repository1'), {
      core: { needs: [], tested: true },
      left: { needs: ['core'] },
      right: { needs: ['core'] },
      app: { needs: ['left', 'right'], tested: true },
    });
    const id = await add(repository, { strategy: 'Distributed' });

    const job = await ended(id, 'succeeded');

    const parts = await partsOf(id);
    expect(parts.map((it) => [it.part?.wave, it.part?.projects, it.status])).toEqual([
      [0, ['packages/core'], 'succeeded'],
      [1, ['packages/left'], 'succeeded'],
      [1, ['packages/right'], 'succeeded'],
      [2, ['packages/app'], 'succeeded'],
    ]);
    expect(job).toMatchObject({
      attempts: [{ status: 'split' }, { status: 'succeeded' }],
      split: { waves: 3, projects: 4, agents: expect.any(Number), criticalPath: expect.any(Array), failure: null },
      result: { tests: { total: 2, passed: 2 }, artifacts: 4, cache: { hits: 0, misses: 4 } },
    });
    expect(job.result?.built).toMatch(/^in 4 parts and 3 waves on \d agents?; 4 of 4 projects taken from the cache/);
    expect((await logOf(id)).match(/── part \d of 4, wave \d/g)).toHaveLength(4);
    await expectSound();
  });

  it('fail with the first part that fails, which the job names', async () => {
    const repository = await packagesRepository(yard.homeOf('repository2'), {
      left: { needs: [], build: 'echo src/left.c:1: error: no semicolon && exit 3' },
      right: { needs: [] },
      app: { needs: ['left', 'right'] },
    });
    const id = await add(repository, { strategy: 'Distributed' });

    const job = await ended(id, 'failed');

    expect(job.split?.failure).toMatch(/^part \d of 3, \S+ \(packages\/left\), has failed on a\d: /);
    expect(job.attempts).toHaveLength(1);
    expect((await partsOf(id)).at(-1)).toMatchObject({ status: 'cancelled', attempts: [] });
    await expectSound();
  });

  it('build here what nobody could help with, and say why', async () => {
    const repository = await packagesRepository(yard.homeOf('repository3'), {
      core: { needs: [] },
      app: { needs: ['core'] },
    });
    const id = await add(repository, { strategy: 'Distributed', labels: ['a1'] });

    const job = await ended(id, 'succeeded');

    expect(job).toMatchObject({ split: null, result: { built: expect.stringMatching(/^not split: no other agent/) } });
    await expectSound();
  });

  it('hand outputs on between the parts of a branch that may not write for others', async () => {
    const repository = await packagesRepository(yard.homeOf('repository4'), {
      left: { needs: [] },
      right: { needs: [] },
    });
    await git(['branch', 'topic'], { cwd: repository });
    const one = await ended(await add(repository, { strategy: 'Distributed', branch: 'topic' }), 'succeeded');
    const two = await ended(await add(repository, { strategy: 'Distributed', branch: 'topic' }), 'succeeded');

    expect([one, two].map((it) => it.result?.cache)).toEqual([
      { hits: 0, misses: 2 },
      { hits: 0, misses: 2 },
    ]);
    expect(one.split?.children).toHaveLength(2);
  });
});
