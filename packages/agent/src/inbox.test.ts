import { git } from '@gityard/testing';
import { readLog } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from './agent.fixture.ts';

describe('the inbox', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard();
  });
  afterEach(() => yard.close());

  /** As a person does it: an ordinary commit with an ordinary git. */
  async function commitFile(path: string, text: string): Promise<void> {
    const cwd = yard.repository;
    const blob = (await git(['hash-object', '-w', '--stdin'], { cwd, input: text })).trim();
    const env = { GIT_INDEX_FILE: `${cwd}/person.index` };
    for (let tries = 0; tries < 20; tries++) {
      const head = (await git(['rev-parse', 'refs/heads/yard'], { cwd })).trim();
      await git(['read-tree', head], { cwd, env });
      await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { cwd, env });
      const tree = (await git(['write-tree'], { cwd, env })).trim();
      const commit = (await git(['commit-tree', tree, '-p', head, '-m', `add ${path}`], { cwd })).trim();
      const moved = await git(['update-ref', 'refs/heads/yard', commit, head], { cwd }).catch(() => undefined);
      if (moved !== undefined) return;
    }
    throw new Error('the head never stood still');
  }

  it('turns a file of a person into a job that is built', async () => {
    const agent = await yard.start('build1');
    await agent.told('registered');

    await commitFile('queue/hello.json', '{ "command": ["true"], "priority": "High" }');

    const { jobs } = await agent.told('taken-up');
    const job = await yard.untilStatus(jobs[0] ?? '', 'succeeded');
    expect(job).toMatchObject({ priority: 3, submittedBy: 'queue/hello' });
    expect([...yard.person.state.queue]).toEqual([]);
  });

  it('answers a broken file once, however many agents see it', async () => {
    const agents = [await yard.start('build1'), await yard.start('build2')];
    for (const agent of agents) await agent.told('registered');

    await commitFile('queue/broken.json', '{ "command": ["true"], ');

    await yard.until('it has its answer', (state) => state.queue.get('queue/broken.json')?.answered);
    // Something that comes after it in both inboxes has been taken up: so both have been past it.
    await commitFile('queue/later.json', '{ "command": ["true"] }');
    await yard.until('the later file is a job', (state) => [...state.jobs].length === 1);
    const answers = (await readLog(yard.person)).filter((row) => row.subject.startsWith('answer queue/broken'));
    expect(answers).toHaveLength(1);
    expect(yard.person.state.queue.has('queue/broken.json')).toBe(true);
  });
});
