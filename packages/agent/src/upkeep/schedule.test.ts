import { describe, expect, it } from 'vitest';
import { UPKEEP } from './list.ts';
import { nextRun, replanned, scheduleOf } from './schedule.ts';

const every = (schedule: string, timeZone = 'Etc/UTC') => ({ schedule, timeZone });
const task = { name: 'archive', schedule: '@hourly', run: async () => null };

describe('the schedule of a task', () => {
  it('is its own, until yard.json says another', () => {
    expect(scheduleOf(task, { upkeep: {} })).toEqual(every('@hourly'));
    expect(scheduleOf(task, { upkeep: { archive: every('0 0 * * 0', 'Europe/Berlin') } })).toEqual(
      every('0 0 * * 0', 'Europe/Berlin'),
    );
  });

  it.each([
    ['*/5 * * * *', 'Etc/UTC', '2026-03-01T12:05:00.000Z'],
    ['@hourly', 'Etc/UTC', '2026-03-01T13:00:00.000Z'],
    ['0 2 * * *', 'Etc/UTC', '2026-03-02T02:00:00.000Z'],
    ['0 2 * * *', 'Europe/Berlin', '2026-03-02T01:00:00.000Z'],
    ['0 0 * * 0', 'Etc/UTC', '2026-03-08T00:00:00.000Z'],
    ['off', 'Etc/UTC', null],
  ])('%s in %s comes next at %s', (schedule, timeZone, next) => {
    expect(nextRun(every(schedule, timeZone), '2026-03-01T12:00:00Z')).toBe(next);
  });

  it('names what is wrong with it', () => {
    expect(() => nextRun(every('61 * * * *'), '2026-03-01T12:00:00Z')).toThrow(/61/);
    expect(() => nextRun(every('@daily', 'Mars/Olympus'), '2026-03-01T12:00:00Z')).toThrow(/time ?zone/i);
  });

  it('is looked at again for what was done by another one', () => {
    const at = '2026-03-01T12:00:00Z';
    const done = { task: 'archive', at, did: 'one', error: null, nextAt: '2026-03-01T13:00:00.000Z' };
    const unreadable = { ...done, error: 'its schedule cannot be read: no', nextAt: at };

    expect(replanned(done, every('off'))).toEqual({ ...done, nextAt: null });
    expect(replanned(done, every('@daily')).nextAt).toBe('2026-03-02T00:00:00.000Z');
    expect(replanned(unreadable, every('61 * * * *'))).toEqual(unreadable);
    expect(replanned(unreadable, every('@hourly'))).toMatchObject({ error: null, nextAt: done.nextAt });
    expect(replanned({ ...done, error: 'no disk' }, every('@hourly')).error).toBe('no disk');
  });

  it('of every task in the list can be read', () => {
    for (const { schedule } of UPKEEP) expect(() => nextRun(every(schedule), '2026-03-01T12:00:00Z')).not.toThrow();
    expect(new Set(UPKEEP.map((it) => it.name)).size).toBe(UPKEEP.length);
  });
});
