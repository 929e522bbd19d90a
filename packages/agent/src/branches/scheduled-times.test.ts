import type { BranchSchedule } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { scheduledTimes } from './scheduled-times.ts';

const every = (cron: string, timeZone = 'Etc/UTC', fields: Partial<BranchSchedule> = {}): BranchSchedule => ({
  cron,
  timeZone,
  catchUp: 'none',
  jitterSeconds: 0,
  strategy: null,
  parameters: {},
  lastScheduledAt: null,
  ...fields,
});
/** Every time that a look each minute finds. */
function found(schedule: BranchSchedule, from: string, to: string): string[] {
  const times = new Set<string>();
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 60_000)
    for (const it of scheduledTimes('main', schedule, new Date(ms).toISOString())) times.add(it);
  return [...times].filter((it) => it >= from).sort();
}
const spring = ['2026-03-29T00:00:00.000Z', '2026-03-29T04:00:00.000Z'] as const;
const autumn = ['2026-10-24T23:30:00.000Z', '2026-10-25T03:30:00.000Z'] as const;

describe('scheduled-times', () => {
  it('are the last that has passed, the present second included', () => {
    expect(scheduledTimes('main', every('0 2 * * *'), '2026-03-02T02:00:00.000Z')).toEqual([
      '2026-03-02T02:00:00.000Z',
    ]);
    expect(scheduledTimes('main', every('0 2 * * *'), '2026-03-02T01:59:59.999Z')).toEqual([
      '2026-03-01T02:00:00.000Z',
    ]);
    expect(scheduledTimes('main', every('0 2 * * *', 'Europe/Berlin'), '2026-07-02T00:30:00Z')).toEqual([
      '2026-07-02T00:00:00.000Z',
    ]);
    expect(scheduledTimes('main', every('off'), '2026-03-02T02:00:00Z')).toEqual([]);
  });

  it('that the clocks leave out come when they have moved; lists of minutes are left out with their hour', () => {
    expect(found(every('30 2 * * *', 'Europe/Berlin'), ...spring)).toEqual(['2026-03-29T01:00:00.000Z']);
    expect(found(every('15,45 2 * * *', 'Europe/Berlin'), ...spring)).toEqual([]);
    expect(found(every('0 * * * *', 'Europe/Berlin'), ...spring)).toHaveLength(5);
  });

  it('that the clocks repeat come once; lists of minutes are repeated with their hour, and no hour is lost', () => {
    expect(found(every('30 2 * * *', 'Europe/Berlin'), ...autumn)).toEqual(['2026-10-25T00:30:00.000Z']);
    expect(found(every('15,45 2 * * *', 'Europe/Berlin'), ...autumn)).toHaveLength(4);
    expect(found(every('0 * * * *', 'Europe/Berlin'), ...autumn)).toHaveLength(4);
  });

  it('wait for the jitter, also where that is longer than the time between two', () => {
    const schedule = every('*/5 * * * *', 'Etc/UTC', { jitterSeconds: 3600 });
    const [time = ''] = scheduledTimes('main', schedule, '2026-03-02T12:00:00Z');

    expect(Date.parse('2026-03-02T12:00:00Z') - Date.parse(time)).toBeGreaterThan(0);
    expect(Date.parse('2026-03-02T12:00:00Z') - Date.parse(time)).toBeLessThan(3_900_000);
  });

  it('are not to be had of what cannot be read', () => {
    expect(() => scheduledTimes('main', every('99 * * * *'), '2026-03-02T12:00:00Z')).toThrow(/99/);
    expect(() => scheduledTimes('main', every('@daily', 'Mars/Olympus'), '2026-03-02T12:00:00Z')).toThrow(/zone/i);
  });
});
