import { readLog } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from './agent.fixture.ts';
import { commitFile } from './person.fixture.ts';

describe('the inbox', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard();
  });
  afterEach(() => yard.close());

  it('turns a file of a person into a job that is built', async () => {
    const agent = await yard.start('build1');
    await agent.told('registered');

    await commitFile(yard.repository, 'queue/hello.json', '{ "command": ["true"], "priority": "High" }');

    const { jobs } = await agent.told('taken-up');
    const job = await yard.untilStatus(jobs[0] ?? '', 'succeeded');
    expect(job).toMatchObject({ priority: 3, submittedBy: 'queue/hello' });
    expect([...yard.person.state.queue]).toEqual([]);
  });

  it('answers a broken file once, however many agents see it', async () => {
    const agents = [await yard.start('build1'), await yard.start('build2')];
    for (const agent of agents) await agent.told('registered');

    await commitFile(yard.repository, 'queue/broken.json', '{ "command": ["true"], ');

    await yard.until('it has its answer', (state) => state.queue.get('queue/broken.json')?.answered);
    // Something that comes after it in both inboxes has been taken up: so both have been past it.
    await commitFile(yard.repository, 'queue/later.json', '{ "command": ["true"] }');
    await yard.until('the later file is a job', (state) => [...state.jobs].length === 1);
    const answers = (await readLog(yard.person)).filter((row) => row.subject.startsWith('answer queue/broken'));
    expect(answers).toHaveLength(1);
    expect(yard.person.state.queue.has('queue/broken.json')).toBe(true);
  });
});
