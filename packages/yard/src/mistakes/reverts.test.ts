/** `git revert` of a commit of the yard, by hand. What it unsays is named by the audit; the fleet goes on, and the work is done. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathOf } from '../files/paths.ts';
import { auditYard } from '../history/audit.ts';
import { type Hand, handMadeYard } from '../spec/hand.fixture.ts';
import { submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';

const now = '2026-03-01T12:00:00Z';
const path = pathOf('job', 'j1');
const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
const end = { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null, stages: [], result } as const;

describe('a person who reverts', () => {
  let hand: Hand;
  let yard: Yard;
  beforeEach(async () => {
    hand = await handMadeYard();
    yard = await hand.start('mac');
    const agent = { id: 'mac', host: 'h', boot: yard.boot, slots: 1, allows: { repositories: [], commands: true } };
    await yard.perform('register', { agent, replaces: null, now });
    await submitted(yard, 'j1', now);
  });
  afterEach(() => hand.close());

  const claim = () => yard.perform('claim', { agentId: 'mac', boot: yard.boot, jobId: 'j1', now });
  const finish = (token: number) => yard.perform('finish', { ...end, jobId: 'j1', agentId: 'mac', token, now });

  /** As Git would: the file as it was before that commit. The counters as well, when the whole commit is taken back. */
  async function revert(commit: string, paths: readonly string[]): Promise<string> {
    const files = [];
    for (const it of paths) files.push({ path: it, oid: await hand.git(['rev-parse', `${commit}~1:${it}`]) });
    return hand.commit(`Revert "${commit}"`, files);
  }

  it('a claim leaves a job that can be claimed, and a holder whose result is refused', async () => {
    const claimed = await claim();
    const reverted = await revert(await hand.head(), [path]);
    await yard.refresh();

    expect(yard.state.jobs.get('j1')).toMatchObject({ status: 'queued', token: 0 });
    expect(await finish(1)).toMatchObject({ code: 'STALE_TOKEN' });
    expect(claimed.ok && (await claim())).toMatchObject({ ok: true });
    expect(await finish(1)).toMatchObject({ ok: true, result: { status: 'succeeded' } });
    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: reverted, rule: 'job-token' } });
  });

  it('an end leaves a job that can be taken back and ends again', async () => {
    await claim();
    await finish(1);
    const reverted = await revert(await hand.head(), [path]);
    await yard.refresh();

    expect(yard.state.jobs.get('j1')).toMatchObject({ status: 'claimed', token: 1 });
    const back = { jobId: 'j1', token: 1, by: 'pc', reason: 'mac gave no sign of life', now };
    expect(await yard.perform('requeue', back)).toMatchObject({ ok: true });
    expect(await claim()).toMatchObject({ ok: true, result: { token: 2 } });
    expect(await finish(2)).toMatchObject({ ok: true });
    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: reverted } });
  });

  it('a whole commit, its counter included, is told of by the audit, and no transaction is used twice unseen', async () => {
    await claim();
    const reverted = await revert(await hand.head(), [path, pathOf('actor', 'mac')]);
    await yard.refresh();

    expect(await claim()).toMatchObject({ ok: true });
    expect(await auditYard(yard)).toMatchObject({ ok: false, firstViolation: { commit: reverted } });
  });
});
