import { join } from 'node:path';
import { git } from '@gityard/testing';
import { auditYard, readLog } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from '../agent.fixture.ts';
import { allow } from '../policy/change-policy.ts';
import { checkBranches } from './check-branches.ts';
import { runSchedules } from './run-schedules.ts';

const identity = ['-c', 'user.name=Spec', '-c', 'user.email=spec@localhost', '-c', 'commit.gpgSign=false'];
const stop = new AbortController().signal;

describe('branches of a yard', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard();
  });
  afterEach(() => yard.close());

  async function origin(name: string) {
    const path = yard.homeOf(`${name}-origin`);
    await git(['init', '-q', '-b', 'main', path], { cwd: '/' });
    const commit = async (files: Record<string, string>): Promise<string> => {
      const { mkdir, writeFile } = await import('node:fs/promises');
      for (const [file, content] of Object.entries(files)) {
        await mkdir(join(path, file, '..'), { recursive: true });
        await writeFile(join(path, file), content);
      }
      await git(['add', '--all'], { cwd: path });
      await git([...identity, 'commit', '-qm', 'more'], { cwd: path });
      return (await git(['rev-parse', 'HEAD'], { cwd: path })).trim();
    };
    return { path, commit };
  }
  const add = async (name: string, profile: object) => {
    const now = new Date().toISOString();
    const done = await yard.person.perform('set-branch', { name, profile: { autoBuild: true, ...profile }, now });
    if (!done.ok) throw new Error(done.reason);
  };
  const check = () =>
    checkBranches({
      state: yard.person.state,
      home: yard.homeOf('person'),
      by: 'ada',
      stop,
      now: () => new Date().toISOString(),
      perform: (input) => yard.person.perform('build-branch', input),
    });
  const states = async () => (await check()).map((it) => [it.name, it.state]);

  it('have a job for each new commit, and no commit for none', async () => {
    const app = await origin('app');
    const first = await app.commit({ a: '1' });
    await add('main', { repository: app.path });

    expect(await check()).toMatchObject([{ name: 'main', state: 'built', commit: first }]);
    const { head } = yard.person;
    expect(await states()).toEqual([['main', 'unchanged']]);
    expect(yard.person.head).toBe(head);

    const second = await app.commit({ a: '2' });
    expect(await check()).toMatchObject([{ state: 'built', commit: second }]);
    expect([...yard.person.state.jobs].map((it) => it.commit).sort()).toEqual([first, second].sort());
  });

  it('of a monorepo are built only where something of theirs changed, each by itself', async () => {
    const mono = await origin('mono');
    await mono.commit({ 'app/a': '1', 'docs/b': '1' });
    const paths = (include: string) => ({
      repository: mono.path,
      branch: 'main',
      paths: { include: [include], exclude: [] },
    });
    await add('app', paths('app/**'));
    await add('docs', paths('docs/**'));
    expect(await states()).toEqual([
      ['app', 'built'],
      ['docs', 'built'],
    ]);

    const commit = await mono.commit({ 'docs/b': '2' });

    expect(await states()).toEqual([
      ['app', 'skipped'],
      ['docs', 'built'],
    ]);
    expect(yard.person.state.branches.branches.app?.skipped).toMatchObject({
      commit,
      reason: 'none of the one changed file lies within app/**',
    });
    expect(await states()).toEqual([
      ['app', 'unchanged'],
      ['docs', 'unchanged'],
    ]);
  });

  it('that cannot be reached are named, and the others are looked at', async () => {
    const app = await origin('app');
    await app.commit({ a: '1' });
    await add('gone', { repository: '/nowhere.git', priority: 1 });
    await add('unborn', { repository: app.path, priority: 2 });
    await add('main', { repository: app.path });

    const checked = await check();

    expect(checked.map((it) => [it.name, it.state])).toEqual([
      ['gone', 'failed'],
      ['unborn', 'failed'],
      ['main', 'built'],
    ]);
    expect(checked[1]?.text).toContain('branch unborn does not exist');
  });

  it('are looked at by one agent that may, of several, and make one job', async () => {
    const app = await origin('app');
    const commit = await app.commit({ a: '1' });
    await add('main', { repository: app.path, command: ['true'] });
    await allow(yard.homeOf('build2'), { repositories: [app.path] });

    const agents = [await yard.start('build1'), await yard.start('build2'), await yard.start('build3')];

    const job = await yard.until('the job is there', (state) => [...state.jobs].find((it) => it.commit === commit));
    expect(job.submittedBy).toBe('build2');
    for (const agent of agents) await agent.told('registered');
    await yard.untilStatus(job.id, 'succeeded');
    expect((await readLog(yard.person)).filter((it) => it.operation === 'build-branch')).toHaveLength(1);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('that an agent may not build it does not ask for, and says so', async () => {
    await add('main', { repository: 'http://127.0.0.1:1/app.git' });

    const agent = await yard.start('build1');

    const { text } = await agent.told('upkeep-failed', (it) => it.task === 'branch-updates');
    expect(text).toContain('branch main: the policy of build1 does not list http://127.0.0.1:1/app.git');
  });

  it('are built once for each time of a schedule, by however many agents', async () => {
    await add('main', { repository: '/srv/app.git', autoBuild: false, schedules: [{ cron: '* * * * *' }] });
    const now = new Date(Date.now() + 120_000).toISOString();
    const run = (by: string) =>
      runSchedules({
        state: yard.person.state,
        by,
        now,
        perform: (input) => yard.person.perform('schedule-branch', input),
      });

    const runs = await Promise.all([run('build1'), run('build2')]);

    expect(runs.map((it) => it.started.length).sort()).toEqual([0, 1]);
    expect(runs.flatMap((it) => it.failed)).toEqual([]);
    expect(yard.person.state.jobs.size).toBe(1);
    expect((await run('build3')).started).toEqual([]);
  });

  it('with a schedule that cannot be read are named, and the others are built', async () => {
    await add('broken', { repository: '/srv/app.git', schedules: [{ cron: '0 2 * * *', timeZone: 'Mars/Olympus' }] });
    await add('main', { repository: '/srv/app.git', schedules: [{ cron: '* * * * *' }] });
    const now = new Date(Date.now() + 120_000).toISOString();

    const { started, failed } = await runSchedules({
      state: yard.person.state,
      by: 'ada',
      now,
      perform: (input) => yard.person.perform('schedule-branch', input),
    });

    expect(started.map((it) => it.name)).toEqual(['main']);
    expect(failed).toEqual([expect.stringMatching(/^branch broken: .*Mars/)]);
  });
});
