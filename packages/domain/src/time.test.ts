import { describe, expect, it } from 'vitest';
import { after, CLOCK_SLACK_MS, elapsedMs, isBefore, isPast } from './time.ts';

const noon = '2026-03-02T12:00:00.000Z';

describe('time', () => {
  it('reads any offset and writes UTC', () => {
    expect(after('2026-03-02T13:00:00+01:00', 1000)).toBe('2026-03-02T12:00:01.000Z');
    expect(elapsedMs('2026-03-02T13:00:00+01:00', noon)).toBe(0);
    expect(isBefore('2026-03-02T13:00:00+01:00', '2026-03-02T12:00:00.001Z')).toBe(true);
  });

  it('takes a stamp for past only beyond what two clocks may differ by', () => {
    expect(isPast(noon, after(noon, CLOCK_SLACK_MS))).toBe(false);
    expect(isPast(noon, after(noon, CLOCK_SLACK_MS + 1))).toBe(true);
  });
});
