import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { costBy } from './cost-by.ts';
import { costOf, rateOf } from './cost-of.ts';

const RATES = {
  currency: 'EUR',
  agents: { mac: 3 },
  labels: { gpu: 6, old: 0.5 },
  pools: { Linux: 1.2 },
  others: null,
  former: [],
};
const NO_RATES = { agents: {}, labels: {}, pools: {}, others: null };
const priced = (cost: Partial<typeof RATES> = {}): World =>
  world()
    .agent('mac')
    .agent('card', { labels: ['old', 'gpu'] })
    .agent('plain')
    .agent('pc', { pool: 'Windows' })
    .yard({ cost: { ...RATES, ...cost } });
const ran = (agent: string, from: number, to: number | null, status: 'lost' | 'succeeded' | 'running' = 'succeeded') =>
  anAttempt({
    agent,
    token: 1,
    status,
    startedAt: minutesAfterNoon(from),
    endedAt: to === null ? null : minutesAfterNoon(to),
  });
const jobsOf = ({ state }: World): Job[] => [...state.jobs];
const cost = (scene: World, now = minutesAfterNoon(600), since?: string) =>
  costOf(scene.state, jobsOf(scene), { now, since });

describe('what builds cost', () => {
  it('goes by the rate of the agent, then of its dearest label, then of its pool, then of all others', () => {
    const { state } = priced();
    expect(
      ['mac', 'card', 'plain', 'pc', 'gone', 'constructor'].map((it) => rateOf(state, it, state.yard.cost)),
    ).toEqual([3, 6, 1.2, null, null, null]);
    expect(rateOf(state, 'pc', { ...RATES, others: 0 })).toBe(0);
  });

  it('counts every attempt, those that were lost as well, and of one that runs what it has run', () => {
    const scene = priced().job('b1', { attempts: [ran('plain', 0, 30, 'lost'), ran('mac', 30, null, 'running')] });

    expect(cost(scene, minutesAfterNoon(50))).toEqual({
      currency: 'EUR',
      amount: 0.6 + 1,
      seconds: 3000,
      unknownSeconds: 0,
    });
  });

  it('says what it does not know, which is not nothing', () => {
    const half = priced().job('b1', { attempts: [ran('pc', 0, 30), ran('plain', 30, 60)] });

    expect(cost(half)).toMatchObject({ amount: 0.6, seconds: 3600, unknownSeconds: 1800 });
    expect(cost(priced().job('b1', { attempts: [ran('pc', 0, 30)] }))).toMatchObject({ amount: null });
    expect(cost(priced().job('b1'))).toMatchObject({ amount: null, seconds: 0 });
    expect(cost(priced({ others: 0 as never }).job('b1', { attempts: [ran('pc', 0, 30)] }))).toMatchObject({
      amount: 0,
    });
  });

  it('rounds nothing: a second of a cheap agent is there, a thousand times', () => {
    const second = anAttempt({ agent: 'plain', token: 1, startedAt: noon, endedAt: '2026-03-02T12:00:01.000Z' });
    let scene = priced();
    for (let at = 0; at < 1000; at++) scene = scene.job(`b${at}`, { attempts: [second] });

    expect(cost(scene).amount).toBeCloseTo((1000 * 1.2) / 3600, 10);
  });

  it('takes only what lies in the span, and no time where clocks go backwards', () => {
    const scene = priced().job('b1', { attempts: [ran('mac', 0, 60), ran('mac', 90, 80)] });

    expect(cost(scene, minutesAfterNoon(600), minutesAfterNoon(40))).toMatchObject({ amount: 1, seconds: 1200 });
    expect(cost(scene, minutesAfterNoon(20))).toMatchObject({ amount: 1 });
  });

  it('goes on being what it was when rates become others, each part of an attempt by the rate of its time', () => {
    const former = [
      { until: minutesAfterNoon(60), ...NO_RATES, agents: { mac: 30 } },
      { until: minutesAfterNoon(30), ...NO_RATES, pools: { Linux: 12 } },
    ];
    const scene = priced({ former: former as never }).job('b1', { attempts: [ran('mac', 0, 90)] });

    expect(cost(scene)).toMatchObject({ amount: 6 + 15 + 1.5, seconds: 5400, unknownSeconds: 0 });
    expect(cost(scene, minutesAfterNoon(70), minutesAfterNoon(40))).toMatchObject({ amount: 10 + 0.5, seconds: 1800 });
    const unknown = priced({ former: [{ ...NO_RATES, until: minutesAfterNoon(30) }] as never, agents: { mac: 3 } });
    expect(
      cost(unknown.job('b1', { attempts: [ran('pc', 0, 60), ran('mac', 20, null)] }), minutesAfterNoon(40)),
    ).toMatchObject({ amount: 0.5, seconds: 3600, unknownSeconds: 3000 });
  });

  it('is told by project, branch, person and agent, the dearest first, and adds up', () => {
    const scene = priced()
      .yard({ cost: RATES, people: { ann: { roles: [], names: ['ann@example.org'] } } })
      .job('b1', { repository: 'a', branch: 'main', attempts: [ran('plain', 0, 10, 'lost'), ran('mac', 10, 20)] })
      .job('b2', {
        repository: 'b',
        submittedBy: 'queue/x',
        committedBy: 'ann@example.org',
        attempts: [ran('mac', 0, 60)],
      })
      .job('b3', { submittedBy: 'bob', attempts: [ran('pc', 0, 60)] })
      .job('b4', { submittedBy: 'carl' });
    const by = (group: Parameters<typeof costBy>[2]['by']) => {
      const span = { by: group, since: noon, now: minutesAfterNoon(600) };
      const { rows, total } = costBy(scene.state, jobsOf(scene), span);
      expect(rows.reduce((sum, it) => sum + it.seconds, 0)).toBe(total.seconds);
      expect(rows.reduce((sum, it) => sum + (it.amount ?? 0), 0)).toBeCloseTo(total.amount ?? -1, 10);
      return rows.map(({ name, jobs, amount }) => [name, jobs, amount]);
    };

    expect(by('project')).toEqual([
      ['b', 1, 3],
      ['a', 1, 0.7],
      [null, 1, null],
    ]);
    expect(by('branch')).toEqual([
      [null, 2, 3],
      ['main', 1, 0.7],
    ]);
    expect(by('person')).toEqual([
      ['ann', 2, 3.7],
      ['bob', 1, null],
    ]);
    expect(by('namespace')).toEqual([[null, 3, 3.7]]);
    expect(by('agent')).toEqual([
      ['mac', 2, 3.5],
      ['plain', 1, 0.2],
      ['pc', 1, null],
    ]);
  });

  it('never tells less of more work', () => {
    const attempt = fc.record({
      agent: fc.constantFrom('mac', 'card', 'plain', 'pc'),
      from: fc.nat(500),
      long: fc.nat(99),
    });
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 20 }), (all) => {
        const attempts = all.map(({ agent, from, long }) => ran(agent, from, from + long));
        const whole = cost(priced().job('b1', { attempts }));
        const less = cost(priced().job('b1', { attempts: attempts.slice(1) }));
        expect(whole.amount ?? 0).toBeGreaterThanOrEqual((less.amount ?? 0) - 1e-9);
        expect(whole.seconds).toBeGreaterThanOrEqual(less.seconds);
        expect(whole.unknownSeconds).toBeLessThanOrEqual(whole.seconds);
      }),
    );
  });
});
