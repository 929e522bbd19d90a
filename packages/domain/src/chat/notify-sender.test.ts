import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { finishJob } from '../operations/jobs/finish-job.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';

const asking = (fields: { notify: boolean; retries?: number; language?: 'de' | 'en' }) =>
  world()
    .agent('w1', { tasks: true })
    .message('m1', { from: 'ann', body: '/task "Build it"' })
    .job('t1', {
      command: null,
      submittedBy: 'ann',
      retries: fields.retries ?? 0,
      task: { text: 'Build it', parameters: {}, notify: fields.notify, message: 'm1' },
    })
    .yard({ language: fields.language ?? 'en' }).state;

function claimed(state: State): State {
  const decision = claimJob(state, { agentId: 'w1', boot: 'w1-boot', now: noon });
  if (!decision.ok) throw new Error(decision.reason);
  return applyChanges(state, decision.changes);
}

function ended(state: State, status: 'succeeded' | 'failed' | 'cancelled'): State {
  const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
  const facts = { cause: null, exitCode: 0, signal: null, reason: null, stages: [], result };
  const holder = { jobId: 't1', agentId: 'w1', token: 1 };
  const decision = finishJob(state, { ...holder, ...facts, status, now: minutesAfterNoon(5) });
  if (!decision.ok) throw new Error(decision.reason);
  return applyChanges(state, decision.changes);
}

const told = (state: State) => [...state.messages].filter((it) => it.automatic).map((it) => it.body);

describe('notify-sender', () => {
  it('tells whoever asked when the task is taken and how it ended, as answers to the message', () => {
    const state = ended(claimed(asking({ notify: true })), 'succeeded');

    expect(told(state)).toEqual([
      '🔨 [2026-03-02 12:00:00] Build t1 was taken by w1',
      '✅ [2026-03-02 12:05:00] Build t1 was completed successfully by w1',
    ]);
    expect(state.messages.get('t1-1-claimed')).toMatchObject({ from: 'w1', to: 'ann', replyTo: 'm1', hops: 1 });
  });

  it('speaks the language of the yard', () => {
    expect(told(ended(claimed(asking({ notify: true, language: 'de' })), 'failed'))).toContain(
      '❌ [2026-03-02 12:05:00] Build t1 ist auf w1 fehlgeschlagen',
    );
  });

  it('says nothing unasked, of a failure with tries left, or of what was cancelled', () => {
    expect(told(ended(claimed(asking({ notify: false })), 'succeeded'))).toEqual([]);
    expect(told(ended(claimed(asking({ notify: true, retries: 1 })), 'failed'))).toHaveLength(1);
    expect(told(ended(claimed(asking({ notify: true })), 'cancelled'))).toHaveLength(1);
  });
});
