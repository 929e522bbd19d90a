/** The three plain views: what programs read of a job, a lock and a message. */

import { describe, expect, it } from 'vitest';
import { NO_RESULT } from '../entities/build-result.ts';
import { aJob, aLock, aMessage, anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon } from '../spec/world.ts';
import { jobView } from './job-view.ts';
import { lockView } from './lock-view.ts';
import { messageView } from './message-view.ts';

describe('job-view', () => {
  it('has every field that is promised, also those that are empty', () => {
    const attempts = [anAttempt({ agent: 'mac', token: 1, startedAt: noon })];
    const view = jobView(aJob('b1', noon, { status: 'claimed', token: 1, agent: 'mac', attempts }));

    const promised =
      'id status priority submittedAt submittedBy repository branch commit toolchain strategy labels needs group attempts token agent result';
    for (const field of promised.split(' ')) expect(view).toHaveProperty(field);
    for (const field of 'number agent token startedAt endedAt status exitCode signal reason stages'.split(' '))
      expect(view.attempts[0]).toHaveProperty(field);
  });

  it('shows the result with its tests', () => {
    const tests = { total: 3, passed: 3, failed: 0, skipped: 0 };
    const result = { ...NO_RESULT, exitCode: 0, artifacts: 2, manifest: 'm', log: 'l', tests, isolation: 'none' };

    expect(jobView(aJob('b1', noon, { result })).result).toEqual(result);
  });

  it('promises nothing of what a newer version wrote', () => {
    const job = { ...aJob('b1', noon, {}), fromNewerVersion: true };

    expect(jobView(job)).not.toHaveProperty('fromNewerVersion');
    expect(jobView(job)).not.toHaveProperty('schemaVersion');
  });
});

describe('lock-view', () => {
  it('shows the first holder flat, and all of them beside it', () => {
    const hold = (holder: string, token: number) => ({
      holder,
      token,
      acquiredAt: noon,
      expiresAt: minutesAfterNoon(5),
      reason: null,
    });
    const waiting = [{ holder: 'eve', since: noon, until: null }];
    const holders = [hold('ann', 4), hold('bob', 5)];

    expect(lockView(aLock('db', { token: 5, count: 2, holders, waiting }))).toEqual({
      name: 'db',
      holder: 'ann',
      token: 4,
      acquiredAt: noon,
      expiresAt: minutesAfterNoon(5),
      count: 2,
      waiting: ['eve'],
      holders,
      line: waiting,
    });
  });
});

describe('message-view', () => {
  it('shows the words and the receipts', () => {
    const { schemaVersion: _, ...rest } = aMessage('m1', noon, { readBy: { mac: noon } });

    expect(messageView(aMessage('m1', noon, { readBy: { mac: noon } }))).toEqual(rest);
  });
});
