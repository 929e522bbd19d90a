import { describe, expect, it } from 'vitest';
import { aLock } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { liveHolders, liveWaiting } from './lock-room.ts';

const hold = (holder: string, expiresAt: string | null = null) => ({
  holder,
  token: 1,
  acquiredAt: noon,
  expiresAt,
  reason: null,
});
const past = minutesAfterNoon(-1);

describe('lock-room', () => {
  it('forgets holds whose time is up, and those of jobs that are no longer held', () => {
    const { state } = world().job('busy', { status: 'running' }).job('over', { status: 'failed' }).job('back');
    const holders = ['job/busy', 'job/over', 'job/back', 'job/gone', 'ann'].map((it) => hold(it));

    const live = liveHolders(state, aLock('db', { holders: [...holders, hold('bob', past)] }), noon);

    expect(live.map((it) => it.holder)).toEqual(['job/busy', 'ann']);
  });

  it('forgets who has waited long enough', () => {
    const waiting = [
      { holder: 'ann', since: past, until: past },
      { holder: 'bob', since: past, until: null },
    ];

    expect(liveWaiting(aLock('db', { waiting }), noon).map((it) => it.holder)).toEqual(['bob']);
  });
});
