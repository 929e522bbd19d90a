import { describe, expect, it } from 'vitest';
import type { BranchSchedule } from '../entities/branch-profiles.ts';
import { after, elapsedMs } from '../time.ts';
import { dueTime, GRACE_MS, jitterMs } from './due-time.ts';

const nightly: BranchSchedule = {
  cron: '0 2 * * *',
  timeZone: 'Etc/UTC',
  catchUp: 'none',
  jitterSeconds: 0,
  strategy: null,
  parameters: {},
  lastScheduledAt: '2026-03-01T02:00:00Z',
};
const nights = ['2026-03-01T02:00:00Z', '2026-03-02T02:00:00Z', '2026-03-03T02:00:00Z'];
const at = (now: string, fields: Partial<BranchSchedule> = {}) =>
  dueTime({ name: 'main', schedule: { ...nightly, ...fields }, times: nights, now });

describe('due-time', () => {
  it('is the latest that has passed, and none that had its job', () => {
    expect(at('2026-03-02T01:59:59Z')).toBeUndefined();
    expect(at('2026-03-02T02:00:00Z')).toBe(nights[1]);
    expect(at('2026-03-03T02:00:30Z')).toBe(nights[2]);
    expect(at('2026-03-03T02:00:30Z', { lastScheduledAt: '2026-03-03T02:00:00.000Z' })).toBeUndefined();
  });

  it('that was missed is left out, or caught up with once', () => {
    const morning = '2026-03-03T09:00:00Z';

    expect(at(morning)).toBeUndefined();
    expect(at(morning, { catchUp: 'latest' })).toBe(nights[2]);
  });

  it('is not missed while another agent may be about to see to it', () => {
    expect(at(after('2026-03-03T02:00:00Z', GRACE_MS))).toBe(nights[2]);
    expect(at(after('2026-03-03T02:00:00Z', GRACE_MS + 1))).toBeUndefined();
  });

  it('that lies before anybody knew the schedule was not missed', () => {
    expect(at('2026-03-03T09:00:00Z', { catchUp: 'latest', lastScheduledAt: null })).toBeUndefined();
    expect(at('2026-03-03T02:01:00Z', { lastScheduledAt: null })).toBe(nights[2]);
  });

  it('comes later by a part of the jitter that is always the same for a profile, and another for others', () => {
    const schedule = { ...nightly, jitterSeconds: 3600 };
    const later = Array.from({ length: 50 }, (_, number) => jitterMs(`branch-${number}`, schedule));

    expect(new Set(later).size).toBeGreaterThan(40);
    expect(Math.max(...later)).toBeLessThanOrEqual(3_600_000);
    expect(later).toEqual(Array.from({ length: 50 }, (_, number) => jitterMs(`branch-${number}`, schedule)));
    const due = after('2026-03-02T02:00:00Z', jitterMs('main', schedule));
    expect(elapsedMs('2026-03-02T02:00:00Z', due)).toBeGreaterThan(0);
    expect(at(after(due, -1), schedule)).toBeUndefined();
    expect(at(due, schedule)).toBe(nights[1]);
  });
});
