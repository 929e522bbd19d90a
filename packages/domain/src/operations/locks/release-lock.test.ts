import { describe, expect, it } from 'vitest';
import { accepted, refusal, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { breakLock, releaseLock } from './release-lock.ts';

const hold = (holder: string, token: number) => ({ holder, token, acquiredAt: noon, expiresAt: null, reason: null });
const held = () => world().lock('db', { token: 3, count: 2, holders: [hold('ann', 2), hold('job/b1', 3)] }).state;
const release = { name: 'db', holder: 'ann', token: 2, now: noon };
const breaking = { name: 'db', by: 'bob', reason: 'ann left', now: noon };

describe('release-lock', () => {
  it('gives back the own hold alone, and keeps the token', () => {
    expect(resultOf(releaseLock(held(), release))).toMatchObject({ token: 3, holders: [{ holder: 'job/b1' }] });
  });

  it('leaves the line when it only waited', () => {
    const { state } = world().lock('db', { waiting: [{ holder: 'ann', since: noon, until: null }] });

    expect(resultOf(releaseLock(state, release)).waiting).toEqual([]);
  });

  it.each([
    ['a hold that was given to somebody else since', { ...release, token: 1 }, 'STALE_TOKEN'],
    ['what is not held', { ...release, holder: 'eve' }, 'NOT_FOUND'],
    ['a lock that does not exist', { ...release, name: 'disk' }, 'NOT_FOUND'],
    ['the lock of a running job', { ...release, holder: 'job/b1', token: null }, 'CONFLICT'],
  ] as const)('refuses to release %s', (_, input, code) => {
    expect(releaseLock(held(), input)).toMatchObject(refusal(code));
  });
});

describe('break-lock', () => {
  it('takes the lock from all who hold it, and says who, by whom and why', () => {
    const decision = accepted(breakLock(held(), breaking));

    expect(decision.result).toMatchObject({ token: 3, holders: [] });
    expect(decision).toMatchObject({
      summary: 'break lock db of ann, job/b1, by bob',
      subject: { reason: 'ann left' },
    });
  });

  it.each([
    ['without a reason', { ...breaking, reason: '  ' }, 'REASON_REQUIRED'],
    ['a lock that does not exist', { ...breaking, name: 'disk' }, 'NOT_FOUND'],
  ] as const)('refuses to break %s', (_, input, code) => {
    expect(breakLock(held(), input)).toMatchObject(refusal(code));
  });

  it('refuses to break what nobody holds', () => {
    expect(breakLock(world().lock('db').state, breaking)).toMatchObject(refusal('NOTHING_TO_DO'));
  });
});
