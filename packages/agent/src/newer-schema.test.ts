import { waitFor } from '@gityard/testing';
import { aboutWaiting, pathOf } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';
import { commitFile } from './person.fixture.ts';

const NEWER = '{ "schemaVersion": 99 }';
const QUICK = '{ "schemaVersion": 1, "heartbeat": { "intervalSeconds": 1 }, "poll": { "seconds": 0.2 } }';

describe('a yard of a newer program', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard(UNHURRIED);
  });
  afterEach(() => yard.close());

  it('is not entered', async () => {
    await commitFile(yard.repository, 'yard.json', NEWER);

    const agent = await yard.start('build1');

    expect(await agent.exit).toMatchObject({ code: 7, error: 'NEWER_SCHEMA', hint: expect.stringContaining('update') });
    await yard.person.refresh();
    expect(yard.person.state.agents.has('build1')).toBe(false);
  });

  it('gets no more from an agent that is in it: its build ends, its result is kept, and nothing is claimed', async () => {
    const agent = await yard.start('build1', { slots: 2 });
    const gate = yard.gate();
    const id = await yard.add(['sh', '-c', gate.wait]);
    await agent.told('stage', (it) => it.status === 'Running');
    const waiting = await yard.add(['true'], { labels: ['nobody'] });
    const job = yard.person.state.jobs.get(waiting);

    await commitFile(yard.repository, 'yard.json', NEWER);
    await agent.told('takes-jobs', (it) => it.not?.includes('schemaVersion') ?? false);
    // From now on it could be claimed.
    await commitFile(yard.repository, pathOf('job', waiting), JSON.stringify({ ...job, labels: [] }));
    await gate.open();
    await waitFor(async () => (await yard.spoolOf('build1').count()) === 2, { what: 'the result is on the disk' });
    const beat = await yard.beat('build1', (it) => it.takesNoJobs !== null && it.jobs.length === 1);

    expect(beat.loops.find((it) => it.name === 'work')?.doing).toMatch(/takes no jobs: yard\.json has a schemaVersion/);
    // Many looks later it still says the same.
    await yard.beat('build1', (it) => it.beat > beat.beat + 2 && it.takesNoJobs !== null);
    agent.drain();
    expect(await agent.exit).toMatchObject({ code: 0 });
    expect(await yard.spoolOf('build1').count()).toBe(2);
    expect((await yard.untilStatus(waiting, 'queued')).token).toBe(0);

    await commitFile(yard.repository, 'yard.json', QUICK);
    await yard.start('build1');
    expect((await yard.untilStatus(id, 'succeeded')).token).toBe(1);
  });

  it('ends an agent that was started for one job, which keeps its result', async () => {
    const gate = yard.gate();
    const id = await yard.add(['sh', '-c', gate.wait]);
    const agent = await yard.start('build1', { once: true });
    await agent.told('stage', (it) => it.status === 'Running');

    await commitFile(yard.repository, 'yard.json', NEWER);
    await gate.open();

    expect(await agent.exit).toMatchObject({ code: 7, error: 'NEWER_SCHEMA' });
    expect((await yard.spoolOf('build1').waiting()).map(aboutWaiting)).toContainEqual({ name: 'finish', about: id });
  });
});
