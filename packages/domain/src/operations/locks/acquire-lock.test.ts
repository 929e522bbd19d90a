import { describe, expect, it } from 'vitest';
import { accepted, nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { type AcquireLock, acquireLock } from './acquire-lock.ts';
import { releaseLock } from './release-lock.ts';

const ask = (holder: string, fields: Partial<AcquireLock> = {}): AcquireLock => ({
  name: 'db',
  holder,
  ttlMs: 600_000,
  waitUntil: null,
  reason: null,
  now: noon,
  ...fields,
});
const taken = (state: State, ...asked: AcquireLock[]): State =>
  asked.reduce((before, it) => stateAfter(before, acquireLock(before, it)), state);
const inLine = { waitUntil: minutesAfterNoon(60) };
const tokenOf = (state: State, input: AcquireLock) => accepted(acquireLock(state, input)).subject.token;

describe('acquire-lock', () => {
  it('makes a lock that did not exist and gives its first token', () => {
    expect(resultOf(acquireLock(world().state, ask('ann')))).toMatchObject({
      held: true,
      token: 1,
      lock: { name: 'db', holders: [{ holder: 'ann', token: 1, expiresAt: minutesAfterNoon(10) }] },
    });
  });

  it('refuses a second holder and names the first', () => {
    const state = taken(world().state, ask('ann'));

    expect(acquireLock(state, ask('bob'))).toMatchObject({
      ...refusal('LOCK_HELD'),
      reason: 'lock db is held by ann until 2026-03-02T12:10:00.000Z',
    });
  });

  it('renews the hold of who has it under the same token', () => {
    const state = taken(world().state, ask('ann'));

    const renewed = resultOf(acquireLock(state, ask('ann', { now: minutesAfterNoon(5) })));

    expect(renewed).toMatchObject({ token: 1, lock: { holders: [{ token: 1, expiresAt: minutesAfterNoon(15) }] } });
  });

  it('goes on counting tokens after a release and after a hold ran out', () => {
    const first = taken(world().state, ask('ann'));
    const free = stateAfter(first, releaseLock(first, { name: 'db', holder: 'ann', token: 1, now: noon }));

    expect(tokenOf(free, ask('bob'))).toBe(2);
    expect(tokenOf(first, ask('bob', { now: minutesAfterNoon(11) }))).toBe(2);
  });

  it('allows the other clock a little before it takes a hold for over', () => {
    const state = taken(world().state, ask('ann'));

    expect(acquireLock(state, ask('bob', { now: minutesAfterNoon(10) }))).toMatchObject(refusal('LOCK_HELD'));
  });

  it('lets in as many as a semaphore counts, each with a token of its own', () => {
    const state = taken(world().state, ask('ann', { count: 2 }), ask('bob'));

    expect(state.locks.get('db')?.holders.map((it) => [it.holder, it.token])).toEqual([
      ['ann', 1],
      ['bob', 2],
    ]);
    expect(acquireLock(state, ask('eve'))).toMatchObject(refusal('LOCK_HELD'));
  });

  it('refuses another count while somebody holds it, and takes it once nobody does', () => {
    const state = taken(world().state, ask('ann', { count: 2 }));

    expect(acquireLock(state, ask('bob', { count: 1 }))).toMatchObject(refusal('CONFLICT'));
    expect(acquireLock(state, ask('ann', { count: 3 }))).toMatchObject(refusal('CONFLICT'));
    expect(taken(state, ask('bob', { count: 2 })).locks.get('db')?.holders).toHaveLength(2);
    const later = { count: 1, now: minutesAfterNoon(60) };
    expect(taken(state, ask('bob', later)).locks.get('db')).toMatchObject({ count: 1, holders: [{ holder: 'bob' }] });
  });

  it('serves the line in its order', () => {
    const state = taken(world().state, ask('ann'), ask('bob', inLine), ask('eve', inLine));
    const free = stateAfter(state, releaseLock(state, { name: 'db', holder: 'ann', token: null, now: noon }));

    expect(resultOf(acquireLock(free, ask('eve', inLine)))).toMatchObject({ held: false, ahead: 1 });
    expect(acquireLock(free, ask('zoe'))).toMatchObject({
      ...refusal('LOCK_HELD'),
      reason: 'lock db is kept for bob, eve, in line for it',
    });
    expect(resultOf(acquireLock(free, ask('bob', inLine)))).toMatchObject({
      held: true,
      token: 2,
      lock: { waiting: [{ holder: 'eve' }] },
    });
  });

  it('forgets who has waited long enough', () => {
    const state = taken(world().state, ask('ann'), ask('bob', { waitUntil: minutesAfterNoon(1) }));
    const later = { now: minutesAfterNoon(20) };

    expect(resultOf(acquireLock(state, ask('eve', later)))).toMatchObject({ held: true, lock: { waiting: [] } });
  });

  it('commits nothing for who waits already', () => {
    const state = taken(world().state, ask('ann'), ask('bob', inLine));

    expect(acquireLock(state, ask('bob', inLine))).toMatchObject(nothingToCommit);
  });

  it('takes over from a job that no longer holds anything', () => {
    const holders = [{ holder: 'job/b1', token: 4, acquiredAt: noon, expiresAt: null, reason: null }];
    const { state } = world().lock('db', { token: 4, holders }).job('b1', { status: 'failed' });

    expect(resultOf(acquireLock(state, ask('ann')))).toMatchObject({
      token: 5,
      lock: { holders: [{ holder: 'ann' }] },
    });
  });

  it.each([
    ['a name that is no file name', ask('ann', { name: 'My Lock' })],
    ['a count of nothing', ask('ann', { count: 0 })],
    ['a hold for no time', ask('ann', { ttlMs: 0 })],
    ['a hold beyond all dates', ask('ann', { ttlMs: 1e18 })],
    ['the name of a job as its holder', ask('job/b1')],
  ])('refuses %s', (_, input) => {
    expect(acquireLock(world().state, input)).toMatchObject(refusal('INVALID_DATA'));
  });
});
