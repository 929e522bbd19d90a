/** Every rule is shown a commit that breaks it, and ones beside it that do not. For states alone: audit-state.test.ts. */
import { describe, expect, it } from 'vitest';
import { type Attempt, JOB_STATUSES, NEXT_STATUS } from '../entities/job.ts';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { auditStep, repeatedTransactions } from './audit.ts';
import type { AuditedOperation, Changed } from './rule.ts';
import { RULES } from './rules.ts';

const operation = (name: string, fields: Partial<AuditedOperation> = {}): AuditedOperation => ({
  operation: name,
  agent: 'mac',
  job: 'b1',
  token: null,
  transaction: 't1',
  actor: null,
  ...fields,
});
const attempt = (token: number, fields: Partial<Attempt> = {}): Attempt =>
  anAttempt({ agent: 'mac', token, startedAt: noon, ...fields });
const hold = (holder: string, token: number) => ({ holder, token, acquiredAt: noon, expiresAt: null, reason: null });
const actor = (id: string, operations: number, { state }: World = world()): State => ({
  ...state,
  actors: state.actors.with(id, { schemaVersion: 1, id, operations, boot: 'b' }),
});

const everything = (before: State, after: State): readonly Changed[] =>
  (['job', 'lock', 'message', 'actor'] as const).flatMap((kind) => {
    const [was, is] = [before[`${kind}s`], after[`${kind}s`]];
    const ids = new Set([...was.entries(), ...is.entries()].map(([id]) => id));
    return [...ids].filter((id) => was.get(id) !== is.get(id)).map((id) => ({ kind, id }));
  });
const broken = (
  before: World | State,
  after: World | State,
  operations: readonly AuditedOperation[] = [],
): string[] => {
  const [was, is] = [before, after].map((it) => ('state' in it ? it.state : it)) as [State, State];
  return auditStep(was, is, operations, everything(was, is)).map((it) => it.rule);
};

const running = world().job('b1', { status: 'running', token: 2 });
const queuedAgain = world().job('b1', { token: 2, attempts: [attempt(2, { status: 'lost', endedAt: noon })] });
const failed = world().job('b1', { status: 'failed', token: 2 });

describe('audit of a step', () => {
  it.each([
    ['job-status', world().job('b1'), world().job('b1', { status: 'succeeded', token: 0 }), [operation('finish')]],
    ['job-status', world(), world().job('b1', { status: 'cancelled' }), [operation('send', { job: null })]],
    ['job-token', running, world().job('b1', { token: 1 }), [operation('requeue')]],
    ['job-token', running, world().job('b1', { status: 'running', token: 3 }), [operation('start')]],
    ['job-token', queuedAgain, world().job('b1', { status: 'claimed', token: 4 }), [operation('claim')]],
    ['stale-token', running, failed, [operation('finish', { token: 1 })]],
    [
      'attempt-ended',
      queuedAgain,
      world().job('b1', { token: 2, attempts: [attempt(2, { status: 'succeeded', endedAt: noon })] }),
      [operation('finish')],
    ],
    ['attempt-ended', queuedAgain, world().job('b1', { token: 2, attempts: [] }), [operation('requeue')]],
    [
      'attempt-ended',
      running,
      world().job('b1', { status: 'running', token: 2, attempts: [attempt(1)] }),
      [operation('progress')],
    ],
    [
      'end-once',
      failed,
      world().job('b1', { status: 'failed', token: 2, endedAt: minutesAfterNoon(1) }),
      [operation('finish')],
    ],
    ['end-once', failed, queuedAgain, [operation('requeue')]],
    [
      'end-attempt',
      running,
      world().job('b1', { token: 2, attempts: [attempt(2, { status: 'running' })] }),
      [operation('requeue')],
    ],
    ['job-kept', failed, world(), [operation('finish')]],
    ['job-kept', running, world(), [operation('archive')]],
    [
      'needs-first',
      world()
        .job('b0')
        .job('b1', { needs: ['b0'] }),
      world()
        .job('b0')
        .job('b1', { needs: ['b0'], status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'group-one',
      world().job('b0', { status: 'running', group: 'g' }).job('b1', { group: 'g' }),
      world().job('b0', { status: 'running', group: 'g' }).job('b1', { group: 'g', status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'job-locks',
      world().job('b1', { locks: ['db'] }),
      world().job('b1', { locks: ['db'], status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'lock-kept',
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1, holders: [hold('job/b2', 1)] }),
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1 }),
      [operation('release', { job: null })],
    ],
    [
      'locks-back',
      world()
        .job('b1', { status: 'running', locks: ['db'] })
        .lock('db', { token: 1, holders: [hold('job/b1', 1)] }),
      world()
        .job('b1', { status: 'failed', locks: ['db'] })
        .lock('db', { token: 1, holders: [hold('job/b1', 1)] }),
      [operation('finish')],
    ],
    ['lock-token', world().lock('db', { token: 2 }), world().lock('db', { token: 1 }), [operation('release')]],
    [
      'lock-token',
      world().lock('db', { token: 2 }),
      world().lock('db', { token: 2, holders: [hold('ann', 2)] }),
      [operation('acquire')],
    ],
    ['lock-token', world().lock('db', { token: 2 }), world(), [operation('release')]],
    ['message-kept', world().message('m1'), world().message('m1', { body: 'other' }), [operation('read')]],
    ['message-kept', world().message('m1'), world(), [operation('read')]],
    ['receipts', world().message('m1', { readBy: { mac: noon } }), world().message('m1'), [operation('read')]],
    [
      'receipts',
      world().message('m1', { readBy: { mac: noon } }),
      world().message('m1', { readBy: { mac: minutesAfterNoon(1) } }),
      [operation('read')],
    ],
    ['actor-counter', actor('mac', 4), actor('mac', 6), [operation('read', { actor: 'mac' })]],
    ['actor-counter', actor('mac', 4), actor('mac', 4), [operation('read', { actor: 'mac' })]],
  ] as const)('finds what breaks %s', (rule, before, after, operations) => {
    expect(broken(before, after, operations)).toContain(rule);
  });

  it('has shown every rule that there is', () => {
    const shown =
      'job-status job-token stale-token attempt-tokens attempt-ended one-holder end-time end-once end-attempt job-kept needs-first group-one job-locks locks-back lock-kept lock-count lock-token message-kept receipts actor-counter';

    expect(RULES.map((it) => it.id).sort()).toEqual(shown.split(' ').sort());
  });

  it.each([
    [
      'several operations of one commit',
      world().job('b1'),
      world().job('b1', { status: 'running' }),
      [operation('claim', { token: 1 }), operation('start', { token: 1 })],
    ],
    [
      'a job from its submission to its claim',
      world(),
      world().job('b1', { status: 'claimed' }),
      [operation('submit'), operation('claim', { token: 1 })],
    ],
    [
      'a file of the inbox with many wishes',
      failed,
      world().job('b1', { token: 2 }),
      [operation('take-up', { job: null })],
    ],
    ['a retry', failed, world().job('b1', { token: 2 }), [operation('retry')]],
    ['the archive', failed, world(), [operation('archive', { job: null })]],
    ['the archive of messages', world().message('m1'), world(), [operation('archive', { job: null })]],
    ['an import of what ended elsewhere', world(), failed, [operation('import', { job: null })]],
    [
      'a note of a late result',
      queuedAgain,
      world().job('b1', {
        token: 2,
        attempts: [attempt(2, { status: 'lost', endedAt: noon, late: { status: 'succeeded', exitCode: 0, at: noon } })],
      }),
      [operation('note-late', { token: 2 })],
    ],
    ['a counter that counts', actor('mac', 4), actor('mac', 5), [operation('read', { actor: 'mac' })]],
    [
      'a lock that was broken under a running job',
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1, holders: [hold('job/b2', 1)] }),
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1 }),
      [operation('break', { job: null })],
    ],
  ] as const)('finds nothing wrong with %s', (_, before, after, operations) => {
    expect(broken(before, after, operations)).toEqual([]);
  });

  it('walks the drawing: one operation, one step', () => {
    for (const from of JOB_STATUSES) {
      for (const to of JOB_STATUSES.filter((it) => it !== from)) {
        const [before, after] = [from, to].map((status) => world().job('b1', { status, token: 2 }));
        if (before && after)
          expect([from, to, broken(before, after, [operation('any')]).includes('job-status')]).toEqual([
            from,
            to,
            !NEXT_STATUS[from].includes(to),
          ]);
      }
    }
  });

  it('allows a person to set a job back, but not to turn its token back', () => {
    const setBack = world().job('b1', { token: 2, attempts: [attempt(2)] });

    expect(broken(running, setBack)).toEqual([]);
    expect(broken(running, world().job('b1', { token: 1 }))).toContain('job-token');
    expect(broken(running, world())).toContain('job-kept');
    expect(broken(world(), failed)).toEqual([]);
    expect(broken(actor('mac', 4), actor('mac', 9))).toEqual([]);
  });

  it('looks at nothing that did not change', () => {
    const { state } = world().job('b1', { status: 'failed', endedAt: null });

    expect(auditStep(state, state, [operation('read')], [])).toEqual([]);
  });
});

describe('transactions', () => {
  it('are in the history once', () => {
    const seen = new Set<string>();
    const commit = [operation('claim'), operation('start')];

    expect(repeatedTransactions(commit, seen)).toEqual([]);
    expect(repeatedTransactions(commit, seen).map((it) => it.rule)).toEqual(['transaction-once']);
  });
});
