import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import { NO_GATE } from '../entities/approval.ts';
import type { Job } from '../entities/job.ts';
import { aJob, anAgent, anAttempt, theYard } from '../spec/samples.ts';
import { minutesAfterNoon, noon } from '../spec/world.ts';
import { emptyState } from '../state.ts';
import { Table } from '../table.ts';
import { toMs } from '../time.ts';
import { courseOf } from './course.ts';
import { fleetToday, otherFleet } from './fleets.ts';
import { replay, workloadOf } from './replay.ts';

const yard = theYard();
const fleetOf = (count: number): Agent[] => Array.from({ length: count }, (_, at) => anAgent(`a${at + 1}`, noon, {}));
/** It was asked for and claimed so many minutes after noon, and took so long. */
const done = (id: string, [asked, claimed, took]: readonly [number, number, number], fields: Partial<Job> = {}): Job =>
  aJob(id, minutesAfterNoon(asked), {
    status: 'succeeded',
    token: 1,
    endedAt: minutesAfterNoon(claimed + took),
    attempts: [
      anAttempt({
        agent: 'a1',
        token: 1,
        startedAt: minutesAfterNoon(claimed),
        endedAt: minutesAfterNoon(claimed + took),
        status: 'succeeded',
      }),
    ],
    ...fields,
  });

describe('replay', () => {
  it('says how long the jobs would have waited with one agent, and with two', () => {
    const workload = workloadOf([done('j1', [0, 0, 10]), done('j2', [0, 10, 10]), done('j3', [0, 20, 10])]);

    expect(workload.observed).toEqual({ p50: 600, p90: 1200, longest: 1200 });
    expect(replay(workload, { agents: fleetOf(1), yard })).toEqual({
      agents: 1,
      slots: 1,
      jobs: 3,
      neverStarted: { count: 0, jobs: [] },
      waitSeconds: { p50: 600, p90: 1200, longest: 1200 },
      makespanSeconds: 1800,
      utilisation: 1,
    });
    expect(replay(workload, { agents: fleetOf(2), yard })).toMatchObject({
      waitSeconds: { p50: 0, p90: 600, longest: 600 },
      makespanSeconds: 1200,
      utilisation: 0.75,
    });
  });

  it('asks nobody again who approved what ran', () => {
    const approvals = [{ ...NO_GATE, name: 'all', repositories: [], branches: [], labels: [] }];
    const workload = workloadOf([done('j1', [0, 30, 10], { approval: NO_GATE })]);

    expect(replay(workload, { agents: fleetOf(1), yard: { ...yard, approvals } })).toMatchObject({
      neverStarted: { count: 0 },
      waitSeconds: { longest: 0 },
    });
  });

  it('plays by the rules of the yard: priority, labels, groups, locks', () => {
    const urgent = done('j2', [0, 10, 10], { priority: 1 });
    const alone = [done('j3', [0, 0, 10], { group: 'g' }), done('j4', [0, 0, 10], { group: 'g' })];
    const locked = [done('j5', [0, 0, 10], { locks: ['db'] }), done('j6', [0, 0, 10], { locks: ['db'] })];
    const lost = done('j7', [0, 0, 10], { labels: ['gpu'] });

    expect(replay(workloadOf([done('j1', [0, 0, 50]), urgent]), { agents: fleetOf(1), yard }).waitSeconds.longest).toBe(
      600,
    );
    expect(replay(workloadOf(alone), { agents: fleetOf(9), yard }).makespanSeconds).toBe(1200);
    expect(replay(workloadOf(locked), { agents: fleetOf(9), yard }).makespanSeconds).toBe(1200);
    expect(replay(workloadOf([lost]), { agents: fleetOf(9), yard })).toMatchObject({
      neverStarted: { count: 1, jobs: ['j7'] },
      waitSeconds: { p50: null },
      makespanSeconds: 0,
    });
  });

  it('takes a job for as long as all its attempts, leaves out what never ran, and needs only what is played', () => {
    const twice = done('j1', [0, 0, 10], { needs: ['older'] });
    const [attempt] = twice.attempts;
    if (!attempt) throw new Error('it has one');
    const workload = workloadOf([
      { ...twice, attempts: [{ ...attempt, status: 'failed' }, attempt] },
      aJob('j2', noon, { status: 'cancelled', endedAt: noon }),
      aJob('j3', noon, {}),
    ]);

    expect(workload.leftOut).toBe(2);
    expect(replay(workload, { agents: fleetOf(1), yard }).makespanSeconds).toBe(1200);
    expect(replay(workloadOf([]), { agents: fleetOf(1), yard })).toMatchObject({ jobs: 0, makespanSeconds: 0 });
  });
});

describe('course', () => {
  const load = fc.array(
    fc.record({
      asked: fc.nat(60),
      took: fc.nat(30),
      priority: fc.integer({ min: 1, max: 10 }),
      need: fc.nat(99),
      group: fc.nat(5),
      lock: fc.nat(5),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  );
  const fleet = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });

  /** An agent more may make things later: that is so of all lists of jobs, and no fault. What must hold holds of every course. */
  it('ends every job once, none before what it needs, and never more at a time than there is room for', () => {
    fc.assert(
      fc.property(load, fleet, (asked, slots) => {
        const jobs = asked.map(({ asked: minute, priority, need, group, lock }, at) =>
          aJob(`j${at}`, minutesAfterNoon(minute), {
            priority,
            needs: need < at ? [`j${need}`] : [],
            group: group === 0 ? 'g' : null,
            locks: lock === 0 ? ['l'] : [],
          }),
        );
        const agents = slots.map((count, at) => anAgent(`a${at}`, noon, { slots: count }));
        const setting = {
          state: { ...emptyState(yard), agents: Table.of(agents.map((it) => [it.id, it] as const)) },
          startMs: toMs(noon),
          arrivals: jobs,
          claimers: new Set(agents.map((it) => it.id)),
          runOf: ({ id }: Job) => ({
            lengthMs: (asked[Number(id.slice(1))]?.took ?? 0) * 60_000,
            status: 'succeeded' as const,
          }),
        };

        const { spans, state } = courseOf(setting);

        const of = new Map(spans.map((it) => [it.job, it]));
        const startOf = (id: string) => of.get(id)?.startMs ?? Number.NaN;
        const endOf = (id: string) => of.get(id)?.endMs ?? Number.NaN;
        expect(spans.map((it) => it.job).sort()).toEqual(jobs.map((it) => it.id).sort());
        expect([...state.jobs].every((it) => it.status === 'succeeded' && it.attempts.length === 1)).toBe(true);
        for (const { id, submittedAt, needs } of jobs) {
          expect(startOf(id)).toBeGreaterThanOrEqual(toMs(submittedAt));
          for (const need of needs) expect(startOf(id)).toBeGreaterThanOrEqual(endOf(need));
        }
        const atOnce = (list: typeof spans) =>
          Math.max(
            0,
            ...list.map(({ startMs }) => list.filter((it) => it.startMs <= startMs && startMs < it.endMs).length),
          );
        for (const [at, count] of slots.entries())
          expect(atOnce(spans.filter((it) => it.agent === `a${at}`))).toBeLessThanOrEqual(count);
        expect(atOnce(spans.filter((it) => state.jobs.get(it.job)?.group === 'g'))).toBeLessThanOrEqual(1);
        expect(atOnce(spans.filter((it) => state.jobs.get(it.job)?.locks.includes('l')))).toBeLessThanOrEqual(1);
        expect(courseOf(setting).spans).toEqual(spans);
      }),
      { numRuns: 200 },
    );
  });
});

describe('fleets', () => {
  const jobs = [done('j1', [0, 0, 10]), done('j2', [0, 0, 10], { attempts: [] })];
  const ids = (fleet: ReturnType<typeof otherFleet>) => fleet.ok && fleet.agents.map((it) => it.id);

  it('grows by twins of the busiest or of the one that is named, and shrinks by the idlest', () => {
    const agents = fleetOf(2);

    expect(ids(otherFleet(agents, { more: 3, like: undefined, jobs }))).toEqual([
      'a1',
      'a2',
      'a1.more1',
      'a2.more2',
      'a1.more3',
    ]);
    expect(ids(otherFleet(agents, { more: 1, like: 'a2', jobs }))).toEqual(['a1', 'a2', 'a2.more1']);
    expect(ids(otherFleet(agents, { more: -1, like: undefined, jobs }))).toEqual(['a1']);
    expect(ids(otherFleet(agents, { more: 0, like: undefined, jobs }))).toEqual(['a1', 'a2']);
  });

  it('refuses to leave nobody, and to be like nobody', () => {
    expect(otherFleet(fleetOf(2), { more: -2, like: undefined, jobs })).toMatchObject({ code: 'INVALID_DATA' });
    expect(otherFleet(fleetOf(2), { more: 1, like: 'a9', jobs })).toMatchObject({ code: 'NOT_FOUND' });
    expect(otherFleet([], { more: 1, like: undefined, jobs })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('counts on those that take jobs today', () => {
    const resting = anAgent('a9', noon, { mode: 'maintenance' });

    expect(fleetToday([resting, ...fleetOf(1)], noon).map((it) => it.id)).toEqual(['a1']);
    expect(fleetToday([resting], noon).map((it) => [it.id, it.mode])).toEqual([['a9', 'active']]);
  });
});
