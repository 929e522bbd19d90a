/** Prediction held against a fleet of which the truth is known: asked about each build before it was seen. */
import { describe, expect, it } from 'vitest';
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { fleetRecords, PROJECTS, SITE_GREW_AT, trueSeconds } from '../spec/fleet-records.ts';
import { historyOf } from './history.ts';
import { predictDuration } from './predict-duration.ts';

interface Tested {
  readonly record: AttemptRecord;
  readonly p50: number;
  readonly p90: number;
  /** What the mean of all builds so far would have said. */
  readonly mean: number;
}

/** All of it some time after the project grew: what happens just then is shown below. */
const ASKED = 500;
const EVERY = 2;

function backtest(seed: number): Tested[] {
  const records = fleetRecords(seed, 3000);
  const tested: Tested[] = [];
  for (let at = records.length - ASKED * EVERY; at < records.length; at += EVERY) {
    const record = records[at];
    if (record?.status !== 'succeeded') continue;
    const past = records.slice(0, at);
    const { repository, branch, agent, startedAt } = record;
    const question = {
      repository: repository ?? '',
      branch: branch ?? '',
      agent,
      strategy: 'Incremental',
      at: startedAt,
    } as const;
    const told = predictDuration(historyOf(past), question);
    if (!told) throw new Error(`nothing was told of ${record.job}`);
    const succeeded = past.filter((it) => it.status === 'succeeded');
    const mean = succeeded.reduce((sum, it) => sum + it.seconds, 0) / succeeded.length;
    tested.push({ record, p50: told.p50, p90: told.p90, mean });
  }
  return tested;
}

const share = (tested: readonly Tested[], fits: (it: Tested) => boolean): number =>
  tested.filter(fits).length / tested.length;
const meanOf = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length;

describe.each([1, 2, 3])('prediction, tested on the past of fleet %i', (seed) => {
  const tested = backtest(seed);

  it('is right about half of the builds, and about nine of ten', () => {
    const half = share(tested, ({ record, p50 }) => record.seconds <= p50);
    const most = share(tested, ({ record, p90 }) => record.seconds <= p90);

    expect(half).toBeGreaterThan(0.44);
    expect(half).toBeLessThan(0.56);
    expect(most).toBeGreaterThan(0.84);
    expect(most).toBeLessThan(0.95);
  });

  it('errs by a fraction of what the mean of all builds errs by', () => {
    // Of hangs nobody can know.
    const known = tested.filter(({ record }) => record.seconds < trueSeconds(record) * 3);
    const error = meanOf(known.map(({ record, p50 }) => Math.abs(record.seconds - p50)));
    const naive = meanOf(known.map(({ record, mean }) => Math.abs(record.seconds - mean)));

    expect(error / naive).toBeLessThan(0.3);
  });

  it('is near the truth, which is what it will take but for chance', () => {
    const off = tested.map(({ record, p50 }) => Math.abs(p50 / trueSeconds(record) - 1)).sort((a, b) => a - b);

    expect(off[Math.floor(off.length / 2)]).toBeLessThan(0.08);
  });
});

describe('prediction after a project grew', () => {
  it('follows within some thirty builds of each agent', () => {
    const [, , , site] = PROJECTS;
    const records = fleetRecords(4, 3000);
    const after = records.filter((it) => it.repository === site.repository && it.startedAt >= SITE_GREW_AT);
    const seen = after[150]?.startedAt ?? '';
    const history = historyOf(records.filter((it) => it.startedAt < seen));

    const told = predictDuration(history, { ...site, agent: 'usual', at: '2026-02-10T03:00:00Z' });

    expect(told?.p50).toBeGreaterThan(340);
    expect(told?.p50).toBeLessThan(460);
  });
});
