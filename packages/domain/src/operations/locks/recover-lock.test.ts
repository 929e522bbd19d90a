import { describe, expect, it } from 'vitest';
import { accepted, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { type RecoverLock, recoverLock, staleHolds } from './recover-lock.ts';

const ask = (fields: Partial<RecoverLock> = {}): RecoverLock => ({
  name: 'db',
  limitMs: null,
  messageIds: ['m1', 'm2'],
  by: 'pc',
  reason: null,
  now: minutesAfterNoon(30),
  ...fields,
});
const hold = (holder: string, token: number, expiresAt: string | null) => ({
  holder,
  token,
  acquiredAt: noon,
  expiresAt,
  reason: null,
});
const [past, future] = [minutesAfterNoon(10), minutesAfterNoon(60)];
const locked = (...holders: ReturnType<typeof hold>[]) => world().lock('db', { token: 9, count: 4, holders });

describe('recover-lock', () => {
  it('frees who is over its time, tells it in the same commit, and keeps the token and the others', () => {
    const { state } = locked(hold('mac/b1n2', 3, past), hold('ann', 4, future));

    const decision = accepted(recoverLock(state, ask()));
    const after = stateAfter(state, recoverLock(state, ask()));

    expect(decision.result).toMatchObject({
      lock: { token: 9, holders: [{ holder: 'ann' }] },
      freed: [{ holder: 'mac/b1n2', token: 3 }],
    });
    expect(decision.subject.reason).toContain('its time was up');
    expect([...after.messages]).toMatchObject([
      { id: 'm1', from: 'system', to: 'mac', automatic: true, subject: 'lock db was recovered from mac/b1n2' },
    ]);
  });

  it('sends one message for each whom it frees', () => {
    const { state } = locked(hold('ann', 3, past), hold('bob', 4, past));

    expect([...stateAfter(state, recoverLock(state, ask())).messages].map((it) => it.to).sort()).toEqual([
      'ann',
      'bob',
    ]);
    const short = resultOf(recoverLock(state, ask({ messageIds: ['m1'] })));
    expect(short.lock.holders).toMatchObject([{ holder: 'bob' }]);
  });

  it('frees what has no time of its own after ten minutes, or after the limit that is given', () => {
    const { state } = locked(hold('ann', 3, null));

    expect(recoverLock(state, ask({ now: minutesAfterNoon(9) }))).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(resultOf(recoverLock(state, ask({ now: minutesAfterNoon(11) }))).freed).toHaveLength(1);
    expect(recoverLock(state, ask({ limitMs: 3_600_000 }))).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(resultOf(recoverLock(state, ask({ limitMs: 60_000, now: minutesAfterNoon(2) }))).freed).toHaveLength(1);
  });

  it('frees what is held for longer than the limit, and by its own time alone without one', () => {
    const { state } = locked(hold('ann', 3, future));

    expect(recoverLock(state, ask())).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(resultOf(recoverLock(state, ask({ limitMs: 900_000 }))).freed).toMatchObject([{ holder: 'ann' }]);
  });

  it('leaves the locks of running jobs alone, and frees those of jobs that are over', () => {
    const yard = locked(hold('job/b1', 3, null), hold('job/b2', 4, null));
    const { state } = yard.job('b1', { status: 'running' }).job('b2', { status: 'failed', agent: 'mac', token: 1 });

    const after = stateAfter(state, recoverLock(state, ask({ limitMs: 1 })));

    expect(after.locks.get('db')?.holders).toMatchObject([{ holder: 'job/b1' }]);
    expect([...after.messages]).toMatchObject([{ to: 'mac' }]);
  });

  it('has nothing to do for who comes second', () => {
    const { state } = locked(hold('ann', 3, past));
    const after = stateAfter(state, recoverLock(state, ask()));

    expect(recoverLock(after, ask({ messageIds: ['m3'] }))).toMatchObject(refusal('NOTHING_TO_DO'));
  });

  it('gives the reason of a person to the history and to the former holder', () => {
    const { state } = locked(hold('ann', 3, past));
    const decision = accepted(recoverLock(state, ask({ reason: 'the disk is gone' })));

    expect(decision.subject.reason).toBe('the disk is gone');
    expect(decision.changes).toContainEqual(
      expect.objectContaining({
        value: expect.objectContaining({ body: expect.stringContaining('the disk is gone') }),
      }),
    );
  });

  it('refuses a lock that does not exist, and foretells nothing for one that is free', () => {
    const { state } = world().lock('db');

    expect(recoverLock(state, ask({ name: 'none' }))).toMatchObject(refusal('NOT_FOUND'));
    const lock = state.locks.get('db');
    expect(lock && staleHolds(state, lock, ask())).toEqual([]);
  });
});
