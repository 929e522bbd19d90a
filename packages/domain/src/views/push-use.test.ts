import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { pushUse } from './push-use.ts';

const { heartbeats } = world()
  .beat('mac', { pushes: 3 })
  .beat('linux', { pushes: 2, at: minutesAfterNoon(0.5) })
  .beat('quiet', { pushes: 6, at: minutesAfterNoon(-2) }).state;

describe('the pushes that were used', () => {
  it('are those that all agents told of within the minute, and one’s own', () => {
    expect(pushUse(heartbeats, { perMinute: 6, now: minutesAfterNoon(0.5) })).toEqual({
      perMinute: 6,
      used: 5,
      left: 1,
    });
    expect(pushUse(heartbeats, { perMinute: 6, now: minutesAfterNoon(1.2), own: 1 })).toEqual({
      perMinute: 6,
      used: 3,
      left: 3,
    });
  });

  it('are nobody’s concern where pushes are free', () => {
    expect(pushUse(heartbeats, { perMinute: null, now: noon })).toBeNull();
  });

  it('may be more than there are, and then none is left', () => {
    expect(pushUse(heartbeats, { perMinute: 4, now: noon })).toEqual({ perMinute: 4, used: 5, left: 0 });
  });
});
