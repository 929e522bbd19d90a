/** What is wrong with one state is found without knowing what led to it. */
import { describe, expect, it } from 'vitest';
import { attempt, hold } from '../spec/audited.ts';
import { noon, world } from '../spec/world.ts';
import { auditState } from './audit.ts';

describe('audit of a state', () => {
  it.each([
    ['one-holder', world().job('b1', { status: 'running', attempts: [] })],
    ['one-holder', world().job('b1', { status: 'running', agent: 'mac', attempts: [attempt(1, { agent: 'pc' })] })],
    ['one-holder', world().job('b1', { status: 'running', token: 2, attempts: [attempt(1)] })],
    ['one-holder', world().job('b1', { status: 'running', attempts: [attempt(1, { endedAt: noon })] })],
    ['end-time', world().job('b1', { status: 'failed', endedAt: null })],
    ['attempt-tokens', world().job('b1', { token: 3, attempts: [attempt(2), attempt(2)] })],
    ['attempt-tokens', world().job('b1', { token: 1, attempts: [attempt(2)] })],
    ['lock-count', world().lock('db', { token: 2, holders: [hold('ann', 1), hold('bob', 2)] })],
    ['lock-count', world().lock('db', { token: 1, count: 2, holders: [hold('ann', 1), hold('bob', 1)] })],
    ['lock-count', world().lock('db', { token: 1, holders: [hold('ann', 2)] })],
  ])('finds what breaks %s', (rule, { state }) => {
    expect(auditState(state).map((it) => it.rule)).toContain(rule);
  });

  it('finds nothing in states that are as they should be', () => {
    const holders = [hold('job/b1', 4)];
    const { state } = world()
      .job('b1', { status: 'running', token: 2 })
      .job('b2')
      .job('b3', { status: 'succeeded' })
      .lock('db', { token: 4, holders })
      .message('m1');

    expect(auditState(state)).toEqual([]);
  });

  it('bears with a person who has set a job back and left the rest as it was', () => {
    const { state } = world().job('b1', { status: 'queued', token: 2, attempts: [attempt(2, { status: 'running' })] });

    expect(auditState(state)).toEqual([]);
  });
});
