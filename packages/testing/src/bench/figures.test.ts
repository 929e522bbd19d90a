import { describe, expect, it } from 'vitest';

import type { CellResult } from './cell.ts';
import { figuresOf, jain, percentile } from './figures.ts';
import type { WriterReport } from './messages.ts';

describe('figures', () => {
  it('calls equal shares fair and one winner of four a quarter', () => {
    expect(jain([5, 5, 5, 5])).toBe(1);
    expect(jain([20, 0, 0, 0])).toBe(0.25);
    expect(jain([0, 0])).toBeNaN();
  });

  it('takes percentiles from the values themselves', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(percentile([1, 2, 3, 4], 0.99)).toBe(4);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('adds the rates of writers, and counts what landed too late among the latencies only', () => {
    const quick = aReport({ landedInTime: 5, latenciesMs: [100, 100, 100, 100, 100] });
    const slow = aReport({ landedInTime: 0, latenciesMs: [1_400] });

    const { operationsPerSecond, landed, fairness } = figuresOf([aCell([quick, slow])]);

    expect(operationsPerSecond).toBeCloseTo(5);
    expect(landed).toBe(6);
    expect(fairness).toBe(0.5);
  });

  it('counts the time of those that never landed', () => {
    const cell = aCell([aReport({ latenciesMs: [10] }), aReport({ latenciesMs: [], waitedMs: [2_000] })]);

    expect(figuresOf([cell]).p99Ms).toBe(2_000);
  });

  it('divides traffic by all that landed, warm-up included, because it was counted from the start', () => {
    const cell = aCell([aReport({ landed: ['a', 'b', 'c', 'd'], latenciesMs: [1, 1] })], 4);

    expect(figuresOf([cell]).requestsPerOperation).toBe(1);
  });

  it('says nothing where nothing landed', () => {
    const figures = figuresOf([aCell([aReport({ landed: [], latenciesMs: [], waitedMs: [500] })])]);

    expect(figures.operationsPerSecond).toBe(0);
    expect(figures.clientCpuMs).toBeNaN();
  });
});

function aCell(reports: WriterReport[], requests = 0): CellResult {
  const traffic = { requests, bytesUp: 0, bytesDown: 0, cpuMs: 0 };
  return { variant: 'store', writers: reports.length, reports, traffic };
}

function aReport(fields: Partial<WriterReport>): WriterReport {
  return {
    writer: 'w',
    landed: ['x'],
    open: [],
    landedInTime: 0,
    latenciesMs: [],
    waitedMs: [],
    measuredMs: 1_000,
    retries: 0,
    cpu: { ownMs: 1, childrenMs: 0 },
    peakRssBytes: 1,
    ...fields,
  };
}
