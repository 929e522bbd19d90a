import { describe, expect, it } from 'vitest';
import { actor, attempt, broken, hold, operation, violations } from '../spec/audited.ts';
import { noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import type { Changed } from './rule.ts';

const { state: running } = world().job('b1', {
  status: 'running',
  token: 2,
  attempts: [attempt(1, { endedAt: noon, status: 'lost' }), attempt(2, { status: 'running' })],
});
const { state: failed } = world().job('b1', { status: 'failed', token: 2 });
const { state: locked } = world().lock('db', { token: 3, count: 2, holders: [hold('ann', 3)] });
const { state: read } = world().message('m1', { readBy: { mac: noon } });
const counted = actor('mac', 4);

const job = { ...running.jobs.get('b1') };
const attempts = job.attempts ?? [];
const lock = { ...locked.locks.get('db') };
const message = { ...read.messages.get('m1') };

/** The file says this, in a commit by hand, and is out of force. */
const rulesOf = (state: State, kind: Changed['kind'], id: string, said: unknown): string[] =>
  broken(state, state, [], [{ kind, id, said }]);

describe('a file that broke its schema', () => {
  it.each([
    ['a token that fell', 'job-token', { ...job, priority: 99, token: 1 }],
    ['a token that no job can have', 'hidden-change', { ...job, token: -1 }],
    ['a status that there is not', 'hidden-change', { ...job, status: 'done' }],
    ['an end', 'job-status', { ...job, priority: 'high', status: 'succeeded', endedAt: noon }],
    ['an agent that is none', 'hidden-change', { ...job, agent: 5 }],
    ['another agent', 'one-holder', { ...job, priority: 99, agent: 'pc' }],
    ['fewer attempts', 'attempt-ended', { ...job, priority: 99, attempts: attempts.slice(1) }],
    ['attempts that are none', 'hidden-change', { ...job, attempts: 'none' }],
    ['another holder of an attempt beside a slip in it', 'holder-stays', withHolder({ agent: 'pc', stages: 7 })],
    ['a holder of an attempt that is none', 'hidden-change', withHolder({ agent: ['pc'] })],
    ['a token that is left out', 'job-token', { ...job, priority: 99, token: undefined }],
    ['the name of another job as well', 'job-token', { ...job, id: 'b2', token: 1 }],
  ])('does not hide %s', (_, rule, said) => {
    expect(rulesOf(running, 'job', 'b1', said)).toContain(rule);
  });

  it.each([
    [
      'a job that was reopened',
      'end-once',
      failed,
      'job',
      'b1',
      { ...failed.jobs.get('b1'), priority: 99, status: 'queued' },
    ],
    ['a lock that counts more', 'lock-sized', locked, 'lock', 'db', { ...lock, waiting: {}, count: 9 }],
    ['a lock that counts nonsense', 'hidden-change', locked, 'lock', 'db', { ...lock, count: 'many' }],
    ['a lock without its holder', 'lock-moved', locked, 'lock', 'db', { ...lock, waiting: {}, holders: [] }],
    [
      'a holder that is nobody',
      'hidden-change',
      locked,
      'lock',
      'db',
      { ...lock, holders: [{ ...hold('ann', 3), holder: 1 }] },
    ],
    ['a receipt that was taken back', 'receipts', read, 'message', 'm1', { ...message, priority: 99, readBy: {} }],
    ['a counter that was turned back', 'actor-counter', counted, 'actor', 'mac', { id: 'mac', operations: 1, boot: 5 }],
  ] as const)('does not hide %s', (_, rule, state, kind, id, said) => {
    expect(rulesOf(state, kind, id, said)).toContain(rule);
  });

  it.each([
    ['a wrong priority', { ...job, priority: 'high' }],
    ['a wrong word in an attempt', withHolder({ stages: 'all' })],
    ['a schema of tomorrow', { ...job, schemaVersion: 99 }],
    ['nothing', {}],
    ['a list', [1, 2]],
    ['a word', 'oops'],
    ['null', null],
    ['only half of the job', { status: 'running', priority: 99 }],
  ])('is merely broken when it says %s', (_, said) => {
    expect(rulesOf(running, 'job', 'b1', said)).toEqual([]);
  });

  it('is merely broken where nothing was in force, and where no rule guards', () => {
    expect(rulesOf(running, 'job', 'b2', { ...job, id: 'b2', token: 'x' })).toEqual([]);
    expect(rulesOf(running, 'yard', 'yard', { lease: 5 })).toEqual([]);
    expect(rulesOf(running, 'manifest', 'b1', { job: 5 })).toEqual([]);
  });

  it('is judged beside the operations that its commit tells of', () => {
    const said = { ...job, priority: 99, token: 1 };

    const told = violations(running, running, [operation('prioritise')], [{ kind: 'job', id: 'b1', said }]);

    expect(told.map((it) => it.rule)).toContain('job-token');
    expect(told.every((it) => it.text.endsWith('(in a file that also breaks its schema)'))).toBe(true);
  });
});

/** The job, with the attempt that holds it changed. */
function withHolder(fields: object): object {
  return { ...job, attempts: [attempts[0], { ...attempts[1], ...fields }] };
}
