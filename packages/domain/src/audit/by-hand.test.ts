/** What people may do with an editor and what only operations may, whoever is the author. Broken files: said.test.ts. */
import { describe, expect, it } from 'vitest';
import { actor, attempt, broken, hold, operation } from '../spec/audited.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';

const queued = world().job('b1');
const claimed = world().job('b1', { status: 'claimed', token: 2 });
const running = world().job('b1', { status: 'running', token: 2 });
const failed = world().job('b1', { status: 'failed', token: 2 });
const cancelled = world().job('b1', { status: 'cancelled' });
const heldBy = (agent: string, attemptAgent: string) =>
  world().job('b1', {
    status: 'running',
    token: 2,
    agent,
    attempts: [attempt(2, { agent: attemptAgent, status: 'running' })],
  });
const lock = (fields: Parameters<ReturnType<typeof world>['lock']>[1] = {}) =>
  world().lock('db', { token: 3, holders: [hold('ann', 3)], ...fields });

describe('a person', () => {
  it.each([
    ['gives a job another priority', queued, world().job('b1', { priority: 1 })],
    ['asks for other labels, needs and pauses', queued, world().job('b1', { labels: ['gpu'], needs: ['b0'] })],
    ['edits the wishes of a held job', running, world().job('b1', { status: 'running', token: 2, retries: 3 })],
    [
      'asks for the end of a held job',
      running,
      world().job('b1', { status: 'running', token: 2, cancelRequested: { by: 'ann', at: noon, reason: null } }),
    ],
    ['cancels a job that waits', queued, cancelled],
    ['sets a held job back', running, world().job('b1', { token: 2, attempts: [attempt(2)] })],
    [
      'sets it back and ends its attempt',
      running,
      world().job('b1', { token: 2, attempts: [attempt(2, { endedAt: noon, status: 'lost' })] }),
    ],
    ['brings in a job from elsewhere', world(), failed],
    ['makes a lock for several', world(), world().lock('db', { count: 3 })],
    ['changes who stands in line for a lock', lock(), lock({ waiting: [{ holder: 'bob', since: noon, until: null }] })],
    [
      'strikes off an agent that holds nothing',
      world().agent('pc').job('b1', { status: 'running' }),
      world().job('b1', { status: 'running' }),
    ],
    ['changes the settings', world(), world().yard({ name: 'acme' })],
  ])('%s', (_, before, after) => {
    expect(broken(before, after, [], [{ kind: 'yard', id: 'yard' }])).toEqual([]);
  });

  it.each([
    ['reopens an ended job', 'end-once', failed, world().job('b1', { token: 2 })],
    ['reopens it as running', 'end-once', failed, running],
    [
      'ends a job again',
      'end-once',
      failed,
      world().job('b1', { status: 'failed', token: 2, endedAt: minutesAfterNoon(1) }),
    ],
    ['claims', 'job-status', queued, world().job('b1', { status: 'claimed' })],
    ['starts', 'job-status', claimed, running],
    ['ends a claimed job', 'job-status', claimed, failed],
    ['ends a running job', 'job-status', running, world().job('b1', { status: 'succeeded', token: 2 })],
    ['cancels a running job outright', 'job-status', running, world().job('b1', { status: 'cancelled', token: 2 })],
    ['calls a waiting job failed', 'job-status', queued, world().job('b1', { status: 'failed', token: 0 })],
    ['raises a token', 'job-token', running, world().job('b1', { status: 'running', token: 3 })],
    ['adds an attempt', 'attempt-claimed', queued, world().job('b1', { attempts: [attempt(1)] })],
    ['gives a held job to another', 'one-holder', running, heldBy('pc', 'mac')],
    ['gives its attempt to another', 'one-holder', running, heldBy('mac', 'pc')],
    ['gives both to another', 'holder-stays', running, heldBy('pc', 'pc')],
    ['lets a lock count more', 'lock-sized', lock(), lock({ count: 4 })],
    ['lets a lock count less', 'lock-sized', lock({ count: 4 }), lock()],
    ['takes a lock', 'lock-moved', lock({ holders: [] }), lock({ token: 4, holders: [hold('ann', 4)] })],
    ['takes a lock that did not exist', 'lock-moved', world(), lock()],
    ['takes a lock under a token that does not rise', 'lock-token', lock({ holders: [] }), lock()],
    ['takes a lock from its holder', 'lock-moved', lock(), lock({ holders: [] })],
    ['lengthens a hold', 'lock-moved', lock(), lock({ holders: [{ ...hold('ann', 3), expiresAt: noon }] })],
    ['turns back the token of a lock', 'lock-token', lock({ holders: [] }), lock({ token: 2, holders: [] })],
    ['raises the token of a lock', 'lock-token', lock(), lock({ token: 9 })],
    ['removes a lock', 'lock-token', lock(), world()],
    ['says that another asked', 'job-origin', queued, world().job('b1', { submittedBy: 'pc' })],
    [
      'says that another thing was built',
      'job-wish',
      failed,
      world().job('b1', { status: 'failed', token: 2, command: ['make', 'x'] }),
    ],
    ['removes a job', 'job-kept', running, world()],
    ['removes a message', 'message-kept', world().message('m1'), world()],
    ['takes back a receipt', 'receipts', world().message('m1', { readBy: { mac: noon } }), world().message('m1')],
    [
      'acknowledges for others',
      'receipt-recipient',
      world().message('m1', { to: 'mac' }),
      world().message('m1', { to: 'mac', ackedBy: { pc: noon } }),
    ],
    [
      'brings a message that others have read',
      'receipt-recipient',
      world(),
      world().message('m1', { to: 'mac', readBy: { pc: noon } }),
    ],
    ['strikes off an agent that holds a job', 'agent-kept', running.agent('mac'), running],
    ['lowers a counter', 'actor-counter', actor('mac', 4), actor('mac', 3)],
    ['raises a counter', 'actor-counter', actor('mac', 4), actor('mac', 9)],
    ['removes a counter', 'actor-counter', actor('mac', 4), world()],
  ])('is told of when it %s', (_, rule, before, after) => {
    expect(broken(before, after)).toContain(rule);
  });

  it('is told of when the settings are gone', () => {
    expect(broken(world(), world(), [], [{ kind: 'yard', id: 'yard', removed: true }])).toEqual(['yard-kept']);
  });

  it.each([
    ['of an actor that never was', operation('finish', { token: 2, actor: 'ghost', transaction: 'ghost.b.1' })],
    ['of an actor that counted nothing of it', operation('finish', { token: 2, actor: 'mac', transaction: 'mac.b.5' })],
  ])('cannot hide behind the trailers %s', (_, told) => {
    const [before, after] = [actor('mac', 4, running), actor('mac', 4, failed)];

    expect(broken(before, after, [told])).toContain('actor-counter');
  });

  it('cannot hide behind an operation that nobody knows', () => {
    expect(broken(running, failed, [operation('finish-job', { token: 2 })])).toContain('job-status');
  });
});
