import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';
import { allow } from './policy/change-policy.ts';

const shell = (script: string) => ['sh', '-c', script];

describe('run-agent', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard(UNHURRIED);
  });
  afterEach(() => yard.close());

  it('claims a job that fits, builds it, and hands in its result with manifest and log', async () => {
    const agent = await yard.start('build1');
    const id = await yard.add(shell('echo hello; echo made > $GITYARD_ARTIFACTS/made.txt'));

    const job = await yard.untilStatus(id, 'succeeded');

    expect(job.attempts).toMatchObject([{ agent: 'build1', token: 1, status: 'succeeded', exitCode: 0 }]);
    expect(job.result).toMatchObject({ exitCode: 0, artifacts: 1 });
    expect(yard.person.state.manifests.get(id)?.artifacts).toMatchObject([{ name: 'made.txt', sizeBytes: 5 }]);
    const log = await yard.person.logs.filesOf(id);
    expect(log.map((it) => it.path)).toContain(job.result?.log);
    await agent.told('ended', (it) => it.status === 'succeeded');
  });

  it('reports what a failing build says, and leaves the rest to the retries of the job', async () => {
    await yard.start('build1');
    const id = await yard.add(shell('exit 3'));

    const job = await yard.untilStatus(id, 'failed');

    expect(job.attempts).toMatchObject([{ status: 'failed', cause: 'code', exitCode: 3 }]);
  });

  it('runs as many jobs at once as it has slots, and never one more', async () => {
    await yard.start('build1', { slots: 2 });
    const gate = yard.gate();
    const ids = await Promise.all([1, 2, 3].map(() => yard.add(shell(gate.wait))));

    await yard.until(
      'two jobs run',
      (state) => ids.filter((it) => state.jobs.get(it)?.status === 'running').length === 2,
    );
    expect(ids.filter((it) => yard.person.state.jobs.get(it)?.status === 'queued')).toHaveLength(1);
    await gate.open();

    for (const id of ids) await yard.untilStatus(id, 'succeeded');
  });

  it('tells the stage of a running job in its heartbeat', async () => {
    await yard.start('build1');
    const id = await yard.add(shell('sleep 60'));

    const beat = await yard.beat('build1', ({ jobs }) => jobs.some((it) => it.stage === 'Build'));

    expect(beat.jobs).toMatchObject([{ id, token: 1, stage: 'Build' }]);
  });

  it('cancels a build when that is asked for, and ends the job as cancelled', async () => {
    const agent = await yard.start('build1');
    const id = await yard.add(shell('sleep 60'));
    await agent.told('stage', (it) => it.status === 'Running');

    await yard.person.perform('cancel', { jobId: id, by: 'ada', reason: 'not needed', now: new Date().toISOString() });
    const job = await yard.untilStatus(id, 'cancelled');

    expect(job.attempts).toMatchObject([{ status: 'cancelled', reason: 'cancelled by ada: not needed' }]);
  });

  it('drained, finishes what it has and claims nothing more', async () => {
    const agent = await yard.start('build1');
    const gate = yard.gate();
    const id = await yard.add(shell(gate.wait));
    await agent.told('claimed');
    const other = await yard.add(shell('true'));

    agent.drain();
    await gate.open();

    expect(await agent.exit).toMatchObject({ code: 0, reason: 'drained' });
    expect((await yard.untilStatus(id, 'succeeded')).token).toBe(1);
    expect((await yard.untilStatus(other, 'queued')).token).toBe(0);
  });

  it('lets everybody see that it drains, and that it was stopped', async () => {
    const agent = await yard.start('build1');
    const gate = yard.gate();
    await yard.add(shell(gate.wait));
    await agent.told('claimed');
    expect((await yard.beat('build1')).takesNoJobs).toBeNull();

    agent.drain();

    const draining = await yard.beat('build1', (it) => it.takesNoJobs !== null);
    expect(draining).toMatchObject({ takesNoJobs: expect.stringContaining('told to stop'), jobs: [{ token: 1 }] });
    await gate.open();
    await agent.exit;
    await yard.beat('build1', (it) => it.takesNoJobs === 'it was stopped');
  });

  it('takes no jobs when its disk is nearly full, and says so', async () => {
    const agent = await yard.start('build1', { leastFreeBytes: Number.MAX_SAFE_INTEGER });
    const id = await yard.add(shell('true'));

    const beat = await yard.beat('build1', (it) => it.takesNoJobs !== null);

    // How much is free may have changed between the two.
    const text = /^only \d+ MB free on the disk of its home$/;
    expect(beat.takesNoJobs).toMatch(text);
    expect((await agent.told('takes-jobs')).not).toMatch(text);
    expect((await yard.untilStatus(id, 'queued')).token).toBe(0);
  });

  it('cancelled, stops its builds and gives their jobs back', async () => {
    const agent = await yard.start('build1');
    const id = await yard.add(shell('sleep 60'));
    await agent.told('stage', (it) => it.status === 'Running');

    agent.cancel();

    expect((await agent.exit).code).toBe(0);
    const job = await yard.untilStatus(id, 'queued');
    expect(job.attempts).toMatchObject([{ status: 'lost', reason: 'agent build1 was stopped' }]);
  });

  it('asked for one job, ends with how that job ended', async () => {
    await yard.add(shell('true'));
    expect(await (await yard.start('build1', { once: true })).exit).toMatchObject({ code: 0 });

    await yard.add(shell('false'));
    expect(await (await yard.start('build1', { once: true })).exit).toMatchObject({ code: 1 });
  });

  it('asked for one job when there is none, looks once and says so', async () => {
    const agent = await yard.start('build1', { once: true });

    expect(await agent.exit).toMatchObject({ code: 1, error: 'NO_RUNNABLE_JOB' });
  });

  it('names what its owner would have to allow, and runs nothing before that', async () => {
    const repository = yard.homeOf('some-repository');
    await yard.add(shell('true'), { repository });

    const agent = await yard.start('build1', { once: true });

    expect(await agent.exit).toMatchObject({
      code: 6,
      error: 'POLICY',
      hint: `allow it with: gityard agent allow ${repository}`,
    });
    await agent.told('not-allowed', (it) => it.allow === `allow ${repository}`);
  });

  it('publishes a changed policy, and then takes what it allows', async () => {
    await yard.start('build1');
    const repository = yard.homeOf('none');
    const id = await yard.add(shell('true'), { repository });
    await yard.until('it is registered', (state) => state.agents.has('build1'));
    expect((await yard.untilStatus(id, 'queued')).token).toBe(0);

    await allow(yard.homeOf('build1'), { repositories: [repository] });

    await yard.until('the policy is published', (state) =>
      state.agents.get('build1')?.allows.repositories.includes(repository),
    );
    await yard.until('it is claimed', (state) => (state.jobs.get(id)?.token ?? 0) > 0);
  });

  it('stops when it is struck off the yard', async () => {
    const agent = await yard.start('build1');
    await agent.told('registered');

    await yard.person.perform('remove', {
      by: 'ann',
      agentId: 'build1',
      reason: 'gone',
      force: true,
      now: new Date().toISOString(),
    });

    expect(await agent.exit).toMatchObject({ code: 1, reason: 'agent build1 was removed from the yard' });
  });
});
