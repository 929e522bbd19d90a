import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditYard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';

const shell = (script: string) => ['sh', '-c', script];
const sleep = (seconds: number) => shell(`sleep ${seconds}`);
const asked = (jobId: string) => ({ jobId, by: 'ada', reason: 'a freeze', until: null, now: new Date().toISOString() });

describe('the rules of the queue, kept by real agents', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard(UNHURRIED);
  });
  afterEach(() => yard.close());
  const expectSound = async () =>
    expect(await auditYard(yard.person)).toMatchObject({ ok: true, firstViolation: null });

  it('expire what nobody could take in its time', async () => {
    const agent = await yard.start('build1');
    const id = await yard.add(['true'], { labels: ['nobody'], queueTimeoutSeconds: 1 });

    const job = await yard.untilStatus(id, 'expired');

    expect(job).toMatchObject({ attempts: [], endedAt: expect.any(String) });
    expect(await agent.told('expired')).toMatchObject({ job: id });
    await expectSound();
  });

  it('stop a build that says nothing any more, and try it again where that was asked for', async () => {
    await yard.start('build1');
    const once = await yard.add(sleep(60), { silentTimeoutSeconds: 1 });
    const twice = await yard.add(sleep(60), { silentTimeoutSeconds: 1, retries: 1, retryOn: ['timeout'] });

    expect(await yard.untilStatus(once, 'failed')).toMatchObject({ attempts: [{ cause: 'timeout' }] });
    const job = await yard.untilStatus(twice, 'failed');
    expect(job.attempts.map((it) => it.cause)).toEqual(['timeout', 'timeout']);
    await expectSound();
  });

  it('claim nothing while the fleet is paused, finish what runs, and go on afterwards', async () => {
    await yard.start('build1');
    const gate = yard.gate();
    const first = await yard.add(shell(gate.wait));
    await yard.untilStatus(first, 'running');
    await yard.person.perform('pause-fleet', { ...asked(''), pool: null });
    const second = await yard.add(['true']);
    await gate.open();

    await yard.untilStatus(first, 'succeeded');
    await yard.beat('build1', ({ loops }) => loops.some((it) => it.doing.includes('the fleet is paused by ada')));
    expect((await yard.person.refresh()).jobs.get(second)?.status).toBe('queued');

    await yard.person.perform('resume-fleet', { pool: null, reason: null, now: new Date().toISOString() });
    await yard.untilStatus(second, 'succeeded');
    await expectSound();
  });

  it('leave a job that asks for more disk than is free now, say so, and take the one behind it', async () => {
    // More than the size of a disk is rounded by: a new one, in memory, may have nothing else on it.
    await writeFile(join(yard.repository, '..', 'in-use'), Buffer.alloc(60_000_000));
    await yard.start('build1');
    const { capabilities } = await yard.until('it is registered', (state) => state.agents.get('build1'));
    // All of the disk, of which something is in use.
    const large = await yard.add(['true'], { requires: [`disk>=${capabilities.diskGB}`] });
    const small = await yard.add(['true'], { requires: ['disk>=0.001'] });

    await yard.untilStatus(small, 'succeeded');
    const beat = await yard.beat('build1', ({ refuses = [] }) => refuses.length > 0);
    expect(beat.refuses).toEqual([{ job: large, reason: expect.stringContaining('disk free now: disk>=') }]);
    expect((await yard.untilStatus(large, 'queued')).token).toBe(0);
    await expectSound();
  });

  it('stop a running build for a newer one that supersedes it', async () => {
    await yard.start('build1');
    const old = await yard.add(sleep(60));
    await yard.untilStatus(old, 'running');

    const next = await yard.add(sleep(60), { supersede: 'running' });

    const job = await yard.untilStatus(old, 'cancelled');
    expect(job.cancelRequested?.reason).toBe(`superseded by job ${next}`);
    await yard.untilStatus(next, 'running');
    await expectSound();
  });

  it('run as many of a group at once as it may, in order', async () => {
    await yard.configure({ groups: { deploy: { limit: 2 } } });
    const gate = yard.gate();
    const ids = [];
    for (const _ of [1, 2, 3]) ids.push(await yard.add(shell(gate.wait), { group: 'deploy' }));
    await yard.start('build1', { slots: 3 });

    const [one, two, three] = ids.map((id) => id);
    const held = await yard.until('two of the group run', (state) => {
      const running = [...state.jobs].filter((job) => job.status === 'running').map((job) => job.id);
      return running.length === 2 && running;
    });
    expect(held.sort()).toEqual([one, two].sort());
    await gate.open();
    await yard.untilStatus(three ?? '', 'succeeded');
    await expectSound();
  });
});
