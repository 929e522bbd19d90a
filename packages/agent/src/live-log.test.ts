import { git, waitFor } from '@gityard/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED, UNNOTED } from './agent.fixture.ts';

const shell = (script: string) => ['sh', '-c', script];

describe('the log of a build', () => {
  let yard: TestYard;
  afterEach(() => yard.close());

  const textOf = async (id: string): Promise<string> => {
    const files = await yard.person.logs.filesOf(id).catch(() => []);
    return files.map((it) => Buffer.from(it.content).toString('utf8')).join('');
  };
  const logged = (id: string, text: string) =>
    waitFor(async () => (await textOf(id)).includes(text), { what: `${text} in the log` });
  /** Contents of the log's first chunk over time, oldest first. */
  const versions = async (id: string): Promise<string[]> => {
    const [path] = (await yard.person.logs.filesOf(id)).map((it) => it.path).filter((it) => it.endsWith('.1.log'));
    const ask = (...words: string[]) => git(words, { cwd: yard.repository });
    const commits = (await ask('rev-list', '--reverse', yard.person.refs.logs, '--', path ?? '')).split('\n');
    return Promise.all(commits.filter(Boolean).map((it) => ask('show', `${it}:${path}`)));
  };

  it('is published while the build runs, only grows, and is there as a whole in the end', async () => {
    yard = await testYard(UNHURRIED);
    await yard.start('build1');
    const [first, second] = [yard.gate('first'), yard.gate('second')];

    const id = await yard.add(shell(`echo one; ${first.wait}; echo two; ${second.wait}; echo three`));
    await logged(id, 'one\n');
    await first.open();
    await logged(id, 'two\n');
    expect(yard.person.state.jobs.get(id)?.result).toBeNull();
    await second.open();
    await yard.untilStatus(id, 'succeeded');

    const seen = await versions(id);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    for (const [index, text] of seen.entries()) expect(text.startsWith(seen[index - 1]?.trimEnd() ?? '')).toBe(true);
    expect(seen.at(-1)).toContain('two\nthree');
  });

  it('of an agent that was stopped in the middle is there as far as it came', async () => {
    yard = await testYard(UNHURRIED);
    const agent = await yard.start('build1');
    const id = await yard.add(shell('echo before; sleep 1000'));
    await logged(id, 'before\n');

    agent.cancel();
    await agent.exit;

    expect(await textOf(id)).toContain('before\n');
    expect((await yard.untilStatus(id, 'queued')).result).toBeNull();
  });

  it('costs no push of its own where pushes are counted', async () => {
    yard = await testYard({ push: { perMinute: 60 }, heartbeat: { intervalSeconds: 30 }, ...UNNOTED });
    const agent = await yard.start('build1', { address: yard.shakyAddress });
    await yard.beat('build1');
    const before = yard.proxy.requests.push;

    const id = await yard.add(shell('echo one; sleep 5; echo two'));
    await yard.untilStatus(id, 'succeeded');
    await agent.told('ended');

    expect(yard.proxy.requests.push - before).toBe(3);
    expect(await textOf(id)).toContain('one\ntwo\n');
  });
});
