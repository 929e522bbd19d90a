import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import type { Objective } from '../entities/objective.ts';
import { anAttempt, theYard } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { validate } from '../validate.ts';
import { needsYou } from '../views/needs-you.ts';
import { objectiveView, objectiveViews } from './objective-view.ts';
import { samplesOf } from './samples.ts';

function anObjective(fields: Partial<Objective> = {}): Objective {
  const checked = validate('yard', { objectives: [{ name: 'soon', kind: 'wait', ...fields }] });
  const [objective] = checked.ok ? checked.value.objectives : [];
  if (!objective) throw new Error('no such objective');
  return objective;
}
const now = minutesAfterNoon(60);
const claimed = (minute: number) => [anAttempt({ agent: 'mac', token: 1, startedAt: minutesAfterNoon(minute) })];
const ended = (
  status: 'succeeded' | 'failed',
  cause: 'code' | 'policy' | 'timeout' | 'infrastructure' | 'lost' | null,
) => ({
  status,
  attempts: [anAttempt({ agent: 'mac', token: 1, startedAt: noon, endedAt: noon, status, cause })],
});
const judged = (scene: World, objective: Objective): Record<string, boolean> =>
  Object.fromEntries(samplesOf(objective, scene.state, scene.state.jobs, now).map((it) => [it.job, it.good]));

describe('objectives', () => {
  it('of waiting count from when a job waits for nothing but an agent, also while it waits', () => {
    const scene = world()
      .job('soon', { status: 'running', attempts: claimed(5) })
      .job('late', { status: 'running', attempts: claimed(6) })
      .job('approved', { status: 'running', queuedAt: minutesAfterNoon(20), attempts: claimed(22) })
      .job('retried', { queuedAt: minutesAfterNoon(50), attempts: claimed(3) })
      .job('need', { status: 'succeeded', endedAt: minutesAfterNoon(30) })
      .job('needy', { status: 'running', needs: ['need'], attempts: claimed(33) })
      .job('waits', {})
      .job('new', { submittedAt: minutesAfterNoon(56) })
      .job('paused', { paused: { by: 'ann', at: noon, reason: null, until: null } })
      .job('expired', { status: 'expired' })
      .job('cancelled', { status: 'cancelled' });
    const { need: _, ...of } = judged(scene, anObjective());

    expect(of).toEqual({
      soon: true,
      late: false,
      approved: true,
      retried: true,
      needy: true,
      waits: false,
      expired: false,
    });
  });

  it('of success leave out what the work itself, its rights or a person are to blame for', () => {
    const scene = world()
      .job('good', ended('succeeded', null))
      .job('code', ended('failed', 'code'))
      .job('policy', ended('failed', 'policy'))
      .job('timeout', ended('failed', 'timeout'))
      .job('lost', ended('failed', 'lost'))
      .job('expired', { status: 'expired' })
      .job('cancelled', { status: 'cancelled' })
      .job('running', { status: 'running' });

    expect(judged(scene, anObjective({ kind: 'success' }))).toEqual({
      good: true,
      timeout: false,
      lost: false,
      expired: false,
    });
  });

  it('of waiting count from the end of what was needed, also when that lies in the archive', () => {
    const need = world().job('need', { status: 'succeeded', endedAt: minutesAfterNoon(30) }).state.jobs;
    const { state } = world().job('needy', { status: 'running', needs: ['need'], attempts: claimed(33) });

    const read = samplesOf(anObjective(), state, [...need, ...state.jobs], now);

    expect(read).toContainEqual({ job: 'needy', atMs: Date.parse(minutesAfterNoon(33)), good: true });
  });

  it('of success blame a split job for what its parts failed by', () => {
    const splitInto = (...children: string[]) => ({ kind: 'distributed', at: noon, children }) as never;
    const scene = world()
      .job('own', { status: 'failed', endedAt: noon, split: splitInto('p1', 'p2') })
      .job('p1', { ...ended('failed', 'code'), parent: 'own' })
      .job('p2', { status: 'cancelled', parent: 'own' })
      .job('ours', { status: 'failed', endedAt: noon, split: splitInto('p3') })
      .job('p3', { ...ended('failed', 'lost'), parent: 'ours' });

    expect(judged(scene, anObjective({ kind: 'success' }))).toEqual({ ours: false });
  });

  it('speak only of the jobs that they name', () => {
    const scene = world().job('a', { branch: 'release/1' }).job('b', { branch: 'dev' });

    expect(Object.keys(judged(scene, anObjective({ branches: ['release/*'] })))).toEqual(['a']);
  });

  const samples = (bad: number, of: number, minutesAgo: number) =>
    Array.from({ length: of }, (_, at) => ({
      job: `j${at}`,
      atMs: Date.parse(minutesAfterNoon(60 - minutesAgo)),
      good: at >= bad,
    }));

  it('tell what was reached, what is left of the budget, and how fast it goes', () => {
    const all = [...samples(0, 80, 60 * 24 * 3), ...samples(4, 20, 30), ...samples(9, 9, 60 * 24 * 31)];

    expect(objectiveView(anObjective({ percent: 90 }), all, now)).toMatchObject({
      good: 96,
      of: 100,
      percent: 96,
      budget: { allowed: 10, used: 4, left: 0.6 },
      fast: { hours: 1, bad: 4, of: 20, rate: expect.closeTo(2, 10), burning: false },
      state: 'met',
    });
  });

  it.each([
    ['burn fast', samples(16, 20, 30), 'burning', true, true],
    ['burn slowly', samples(7, 20, 180), 'burning', false, true],
    [
      'burn no more when the last of them go well',
      [...samples(40, 40, 45), ...samples(0, 3, 2)],
      'missed',
      false,
      false,
    ],
    ['still burn when one of the last went well', [...samples(40, 40, 45), ...samples(0, 1, 2)], 'burning', true, true],
    ['do not burn by two that went badly', samples(2, 2, 30), 'missed', false, false],
    ['are missed by what is over', samples(9, 20, 60 * 24), 'missed', false, false],
    ['are unknown where nothing happened', [], 'unknown', false, false],
  ] as const)('%s', (_, all, state, fast, slow) => {
    const view = objectiveView(anObjective(), all, now);

    expect([view.state, view.fast.burning, view.slow.burning]).toEqual([state, fast, slow]);
  });

  it('that promise little burn as well, where all goes badly', () => {
    const little = anObjective({ percent: 80 });

    expect(objectiveView(little, samples(5, 5, 30), now)).toMatchObject({ state: 'burning', fast: { burning: true } });
    expect(objectiveView(little, samples(4, 5, 30), now).state).toBe('missed');
  });

  it('that burn need a person, in words that stay as they are', () => {
    const late: Partial<Job> = { status: 'running', attempts: claimed(30) };
    const scene = world()
      .agent('mac', { slots: 9 })
      .yard({ ...theYard(), objectives: [anObjective()] })
      .job('a', late)
      .job('b', late)
      .job('c', late);
    const told = (at: string) => needsYou(scene.state, at).filter((it) => it.code === 'objective-burning');

    expect(told(now)).toEqual([
      {
        code: 'objective-burning',
        text: 'objective soon burns its error budget fast: 95 % of jobs begin within 5 min, over 30 days; gityard stats objectives tells more',
        refs: ['soon'],
      },
    ]);
    expect(told(minutesAfterNoon(61))).toEqual(told(now));
    expect(objectiveViews(scene.state, scene.state.jobs, now)).toHaveLength(1);
  });

  it('never say better of more that went badly', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.integer({ min: 0, max: 99 }), (bad, good, percent) => {
        const objective = anObjective({ percent });
        const one = objectiveView(objective, samples(bad, bad + good, 10), now);
        const more = objectiveView(objective, samples(bad + 1, bad + 1 + good, 10), now);
        expect(more.percent ?? 0).toBeLessThanOrEqual(one.percent ?? 100);
        expect(more.fast.rate ?? 0).toBeGreaterThanOrEqual(one.fast.rate ?? 0);
        expect(one.good + one.budget.used).toBe(one.of);
      }),
    );
  });
});
