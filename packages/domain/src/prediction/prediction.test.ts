import { describe, expect, it } from 'vitest';
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { fleetRecords } from '../spec/fleet-records.ts';
import { noon, world } from '../spec/world.ts';
import { after } from '../time.ts';
import { historyOf } from './history.ts';
import { predictAgents } from './predict-agents.ts';
import { predictDuration } from './predict-duration.ts';
import { medianOf, quantiles } from './quantile.ts';
import { statisticsOf } from './statistics.ts';

const repository = 'https://git.example.org/app';
let number = 0;
const record = (fields: Partial<AttemptRecord> = {}): AttemptRecord => ({
  schemaVersion: 1,
  job: `j${++number}`,
  attempt: 1,
  agent: 'mac',
  repository,
  branch: 'main',
  commit: null,
  toolchain: null,
  strategy: 'Incremental',
  startedAt: after(noon, -number * 3_600_000),
  seconds: 100,
  queuedSeconds: 10,
  status: 'succeeded',
  cause: null,
  artifacts: 0,
  bytes: 0,
  ...fields,
});
const many = (count: number, fields: Partial<AttemptRecord> = {}) =>
  Array.from({ length: count }, () => record(fields));
const predicted = (records: readonly AttemptRecord[], question: object) =>
  predictDuration(historyOf(records), question);

describe('quantiles', () => {
  it('are not moved by a single hang, and follow the newest', () => {
    expect(medianOf([...Array(20).fill(100), 100_000])).toBe(100);
    expect(medianOf([...Array(60).fill(200), ...Array(140).fill(100)])).toBe(200);
    expect(quantiles([1], [0.5, 0.9])).toEqual([1, 1]);
  });

  it('say of few values no less than the largest for nine of ten', () => {
    expect(quantiles([5, 1, 4, 2, 3], [0.9])).toEqual([5]);
  });
});

describe('the duration of a build', () => {
  it('goes by what is most like it, and says what that was', () => {
    const records = [...many(20, { seconds: 100 }), ...many(20, { branch: 'release', seconds: 500 })];

    expect(predicted(records, { branch: 'release', repository })).toEqual({
      p50: 500,
      p90: 500,
      n: 20,
      basis: `20 builds of ${repository}, of branch release`,
      failureShare: 0,
    });
  });

  it('goes by the project where the branch is new, and by everything where that is', () => {
    const records = [...many(10, { seconds: 100 }), ...many(10, { repository: 'other', seconds: 10 })];

    expect(predicted(records, { branch: 'new', repository })).toMatchObject({ p50: 100, n: 10 });
    expect(predicted(records, { branch: 'new', repository: 'new' })).toMatchObject({
      n: 20,
      basis: '20 builds of any kind',
    });
    expect(predicted(many(2), { branch: 'main' })).toBeNull();
    expect(predicted([], {})).toBeNull();
  });

  it('goes by what succeeded alone, and tells the failures apart', () => {
    const records = [
      ...many(9, { seconds: 100 }),
      ...many(3, { status: 'failed', seconds: 1 }),
      ...many(5, { status: 'lost' }),
    ];

    expect(predicted(records, { branch: 'main' })).toMatchObject({ p50: 100, p90: 100, n: 9, failureShare: 0.25 });
  });

  it('goes by how fast the agent is elsewhere, where it never built that branch', () => {
    const elsewhere = (agent: string, seconds: number) => many(10, { branch: 'old', agent, seconds });
    const records = [
      ...many(20, { seconds: 100 }),
      ...elsewhere('mac', 50),
      ...elsewhere('pc', 50),
      ...elsewhere('slow', 150),
    ];

    const { p50 = 0, basis = '' } = predicted(records, { repository, branch: 'main', agent: 'slow' }) ?? {};

    expect(p50).toBeGreaterThan(200);
    expect(basis).toContain('for slow (by 10 builds)');
  });

  it('goes by the time of day only where that makes a difference', () => {
    const at = (hour: number, day: number) =>
      `2026-02-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:30:00Z`;
    const days = Array.from({ length: 28 }, (_, day) => day + 1);
    const busy = days.flatMap((day) => [
      record({ startedAt: at(10, day), seconds: 300 }),
      record({ startedAt: at(22, day) }),
    ]);
    const calm = days.flatMap((day) => [record({ startedAt: at(10, day) }), record({ startedAt: at(22, day) })]);
    const question = { branch: 'main', at: '2026-03-02T10:00:00Z' };

    const slow = predicted(busy, question);
    expect(slow?.p50).toBeGreaterThan(270);
    expect(slow?.p50).toBeLessThan(330);
    expect(slow?.basis).toMatch(/^56 builds of branch main, × 1\.\d+ between 9:00 and 12:00 UTC$/);
    expect(predicted(calm, question)).toMatchObject({ p50: 100, n: 56, basis: '56 builds of branch main' });
  });

  it('knows no time of day where all were built at one', () => {
    const night = Array.from({ length: 40 }, (_, at) => {
      const startedAt = `2026-02-${String(1 + (at % 28)).padStart(2, '0')}T0${2 + (at % 2)}:30:00Z`;
      return record({ startedAt, seconds: at % 7 === 0 ? 400 : 100 });
    });

    expect(predicted(night, { branch: 'main', at: '2026-03-02T02:00:00Z' })?.basis).toBe('40 builds of branch main');
  });
});

describe('the agent for a build', () => {
  const machine = (cpuPercent: number) => ({
    machine: {
      cpuPercent,
      memoryPercent: 20,
      diskPercent: 30,
      diskFreeGB: 40,
      load1: null,
      uptimeSeconds: 9,
      temperatureC: null,
    },
  });
  const fleet = world()
    .agent('busy')
    .job('b1', { status: 'running', agent: 'busy' })
    .agent('calm')
    .agent('cached')
    .agent('hot')
    .agent('unfit', { labels: [] })
    .agent('resting', { mode: 'maintenance' });
  const alive = ['busy', 'calm', 'cached', 'unfit', 'resting'].reduce((all, id) => all.beat(id, machine(10)), fleet);
  const { state } = alive.beat('hot', machine(95));
  const history = historyOf(many(10, { agent: 'cached', seconds: 100, startedAt: after(noon, -3_600_000) }));

  it('is one that can, idle before busy, less loaded before more, with the project in its cache before without', () => {
    const order = predictAgents(state, history, { branch: 'main', repository }, noon);

    expect(order.map((it) => it.agent)).toEqual(['cached', 'calm', 'unfit', 'hot', 'busy', 'resting']);
    expect(order[0]).toMatchObject({ available: true, freeSlots: 1, cached: true, duration: { p50: 100, n: 10 } });
    expect(order[0]?.why).toEqual([
      'has 1 free slot',
      'is hardly loaded (CPU 10 %, memory 20 %)',
      'built this project within the last week',
      expect.stringContaining('takes about 100 s, by 10 builds'),
    ]);
    expect(order.at(-1)).toMatchObject({ available: false, why: ['resting is maintenance'] });
  });

  it('is none that lacks what is asked for, and says what', () => {
    const order = predictAgents(state, history, { branch: 'main', labels: ['gpu'] }, noon);

    expect(order.every((it) => !it.available && it.why.includes('lacks label gpu'))).toBe(true);
  });

  it('is the faster, where all else is alike', () => {
    const two = world().agent('fast').agent('late').beat('fast').beat('late').state;
    const records = [...many(10, { agent: 'late', seconds: 50 }), ...many(10, { agent: 'fast', seconds: 20 })];

    expect(predictAgents(two, historyOf(records), { branch: 'main' }, noon).map((it) => it.agent)).toEqual([
      'fast',
      'late',
    ]);
  });
});

describe('statistics', () => {
  it('compare agents, hours and branches', () => {
    const told = statisticsOf(historyOf(fleetRecords(1, 2000)));

    expect(told.byAgent.map((it) => it.agent)).toEqual(['fast', 'usual', 'slow']);
    expect(told.byHour).toHaveLength(24);
    expect(told.byBranch).toHaveLength(4);
    expect(told.successRate).toBeGreaterThan(0.87);
    expect(told.successRate).toBeLessThan(0.93);
    const [night = 0, day = 0] = [3, 11].map((hour) => told.byHour[hour]?.p50 ?? 0);
    expect(day).toBeGreaterThan(night);
    expect(told.queuedP50).toBe(5);
  });

  it('of nothing say nothing', () => {
    expect(statisticsOf(historyOf([]))).toMatchObject({
      builds: 0,
      successRate: null,
      p50: null,
      from: null,
      byAgent: [],
    });
  });
});
