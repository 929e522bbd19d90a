import { describe, expect, it } from 'vitest';
import { type Counters, TotalCounters } from './total-counters.ts';

const counters = (requests: number): Counters => {
  const one = { commits: 1, conflicts: 0, unclear: 0, pushes: 1, fetches: requests - 1, requests };
  return { state: one, live: one, logs: one };
};

describe('the counters of an agent', () => {
  it('are those of both its threads, and of threads that ended', () => {
    const total = new TotalCounters();
    expect(total.with(counters(5)).live.requests).toBe(5);

    total.heard(counters(10));
    total.heard(counters(20));
    expect(total.with(counters(5)).live).toMatchObject({ requests: 25, commits: 2 });

    // It was begun anew.
    total.heard(counters(3));
    total.heard(counters(4));
    expect(total.with(counters(5)).live).toMatchObject({ requests: 29, commits: 3 });
  });
});
