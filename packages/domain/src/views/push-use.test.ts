import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { pushUse } from './push-use.ts';

const { heartbeats } = world()
  .beat('mac', { pushes: 3 })
  .beat('linux', { pushes: 2, at: minutesAfterNoon(0.5) })
  .beat('quiet', { pushes: 6, at: minutesAfterNoon(-2) }).state;

describe('the pushes that were used', () => {
  it('are those that all agents told of within the minute, and one’s own', () => {
    expect(pushUse(heartbeats, 6, minutesAfterNoon(0.5))).toEqual({ perMinute: 6, used: 5, left: 1 });
    expect(pushUse(heartbeats, 6, minutesAfterNoon(1.2), 1)).toEqual({ perMinute: 6, used: 3, left: 3 });
  });

  it('may be more than there are, and then none is left', () => {
    expect(pushUse(heartbeats, 4, noon)).toEqual({ perMinute: 4, used: 5, left: 0 });
  });
});
