import { describe, expect, it } from 'vitest';
import { broken, hold, operation } from '../../spec/audited.ts';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { claimJob } from '../jobs/claim-job.ts';
import { finishJob } from '../jobs/finish-job.ts';
import { requeueJob } from '../jobs/requeue-job.ts';
import { acquireLock } from '../locks/acquire-lock.ts';
import { noteRestore } from './note-restore.ts';

const { state: saved } = world()
  .agent('mac', { slots: 2 })
  .beat('mac')
  .job('b1', { token: 3 })
  .job('b2', { status: 'running', token: 7, agent: 'mac' })
  .lock('db', { token: 9 });
const restored = stateAfter(saved, noteRestore(saved, { backup: 'one', reason: null, now: noon }));
const claim = claimJob(restored, { agentId: 'mac', boot: null, jobId: 'b1', now: noon });
const ending = { agentId: 'mac', status: 'succeeded', exitCode: 0, stages: [], commit: null, result: {} } as const;

describe('note-restore', () => {
  it('lets every later claim have a token that nobody can have had before', () => {
    const late = { jobId: 'b1', token: 4, ...ending, now: noon } as unknown as Parameters<typeof finishJob>[1];

    expect(resultOf(claim)).toMatchObject({ id: 'b1', token: 1010, agent: 'mac' });
    expect(finishJob(stateAfter(restored, claim), late)).toMatchObject(refusal('STALE_TOKEN'));
  });

  it('leaves a job to who held it then, and gives it to the next one under a higher token', () => {
    expect(restored.jobs.get('b2')).toEqual(saved.jobs.get('b2'));

    const lost = requeueJob(restored, { jobId: 'b2', token: 7, by: 'mac', reason: 'silent', now: noon });
    const again = claimJob(stateAfter(restored, lost), {
      agentId: 'mac',
      boot: null,
      jobId: 'b2',
      now: '2026-12-01T00:00:00Z',
    });

    expect(resultOf(again)).toMatchObject({ token: 1010 });
  });

  it('holds for locks as well', () => {
    const wish = { name: 'db', holder: 'ann', ttlMs: 1_000, waitUntil: null, reason: null, now: noon };

    expect(resultOf(acquireLock(restored, wish))).toMatchObject({ held: true, token: 1010 });
  });

  it('goes higher with each restore, whatever was restored', () => {
    const again = noteRestore(restored, { backup: 'one', reason: null, now: noon });

    expect([resultOf(noteRestore(saved, { backup: 'one', reason: null, now: noon })), resultOf(again)]).toEqual([
      { tokensAbove: 1_009 },
      { tokensAbove: 2_009 },
    ]);
  });

  it('is known to the audit, which wants the jump and no other', () => {
    const claims = [operation('claim', { token: 1010 })];
    const low = world(restored).job('b1', { status: 'claimed', token: 4, agent: 'mac' });
    const lowLock = world(restored).lock('db', { token: 10, holders: [hold('ann', 10)] });

    expect(broken(restored, stateAfter(restored, claim), claims)).toEqual([]);
    expect(broken(restored, low, [operation('claim', { token: 4 })])).toEqual(
      expect.arrayContaining(['job-token', 'stale-token']),
    );
    expect(broken(restored, lowLock, [operation('acquire', { job: null, lock: 'db', token: 10 })])).toEqual([
      'lock-token',
    ]);
    expect(broken(restored, saved, [], [{ kind: 'yard', id: 'yard' }])).toEqual(['yard-kept']);
  });
});
