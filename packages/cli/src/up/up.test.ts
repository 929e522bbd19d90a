/** The main job, as a new user runs it: one command, real processes, a real build, and nothing shared but the repository. */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { git, type NodeProcess, startNode, type TemporaryFolder, temporaryFolder, waitFor } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, runHere, spawnProgram } from '../program.fixture.ts';

interface JobJson {
  readonly id: string;
  readonly status: string;
  readonly token: number;
  readonly attempts: readonly { agent: string; token: number; status: string }[];
}

let folder: TemporaryFolder;
const running: NodeProcess[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.dispose();
  await folder.remove();
});

/** A repository that npm builds without a network. */
async function sourceRepository(): Promise<string> {
  const path = join(folder.path, 'app');
  const scripts = { build: "node -e \"require('fs').mkdirSync('dist')\"", test: 'node --test' };
  await mkdir(path);
  await writeFile(
    join(path, 'package.json'),
    JSON.stringify({ name: 'app', version: '1.0.0', scripts, files: ['dist'] }),
  );
  await writeFile(join(path, 'adds.test.js'), "require('node:test').test('adds', () => {});\n");
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: path });
  await git(['add', '.'], { cwd: path });
  await git(['commit', '--quiet', '-m', 'Begin'], { cwd: path });
  return path;
}

const run = (...words: string[]) => spawnProgram(words, { cwd: folder.path, env: { HOME: folder.path } });
/** Who only asks is no part of the claims. */
const runInThisProcess = (...words: string[]) => runHere(words, { cwd: folder.path, env: { HOME: folder.path } });

/** Runs to its end, with the first build. */
const upOnce = (app: string, ...words: string[]) =>
  run('up', '--once', '--no-open', '--port', '0', '--dir', 'yard', '--repo', app, ...words);

/** Starts `gityard up` and resolves with how to talk to its yard, once it answers. */
async function up(...words: string[]) {
  const program = startNode(PROGRAM, ['up', '--no-open', '--port', '0', '--dir', join(folder.path, 'yard'), ...words], {
    cwd: folder.path,
    env: { HOME: folder.path },
  });
  running.push(program);
  const [, address = ''] = await program.waitForLine(/^yard +(\S+)/);
  const ask = async <T>(...asked: string[]): Promise<T> => {
    const { stdout, stderr } = await runInThisProcess('--json', '--yard', address, ...asked);
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as T;
  };
  return { program, address, ask };
}

async function upWithOneAgent() {
  const { program, ask } = await up('--agents', '1');
  await waitFor(async () => (await ask<unknown[]>('agent', 'list')).length === 1, { what: 'the agent has joined' });
  return { program, pid: await pidOf('build1') };
}

type Ask = <T>(...words: string[]) => Promise<T>;

const ended = (ask: Ask, id: string) => ask<JobJson>('job', 'wait', id, '--timeout', '240s');

/** What a build does can be seen from outside of its sandbox in its workspace alone. */
const MARK = `require('fs').writeFileSync('mark', '');`;

/** Who builds the job for the first time, and in which folder, once it has left its mark there. */
async function begun(ask: Ask, id: string) {
  const holder = await waitFor(
    async () => (await ask<JobJson>('job', 'show', id)).attempts.find((it) => it.status === 'running')?.agent,
    { what: 'the job runs' },
  );
  const sources = join(folder.path, 'yard', 'agents', holder, 'build', 'workspaces', `${id}-1`, 'source');
  await waitFor(() => existsSync(join(sources, 'mark')), { what: 'the build has begun' });
  return { holder, sources };
}

describe('gityard up', () => {
  it('builds a real repository with --once, and leaves a yard whose history tells the story and holds', async () => {
    const app = await sourceRepository();

    const { code, stdout } = await upOnce(app, '--json');

    const report = JSON.parse(stdout);
    expect({ code, status: report.job.status }).toEqual({ code: 0, status: 'succeeded' });
    expect(report.job.attempts[0].stages.map((stage: { name: string }) => stage.name)).toEqual([
      'Fetch',
      'Restore',
      'Build',
      'Test',
      'Package',
      'Publish',
    ]);
    expect(report.job.result).toMatchObject({
      exitCode: 0,
      // The package, and the bill of what is in it.
      artifacts: 2,
      tests: { total: 1, passed: 1 },
      log: expect.stringContaining('/logs/'),
      manifest: expect.stringContaining('shared/manifests/'),
    });

    const subjects = (await git(['log', '--format=%s', '--reverse', 'yard'], { cwd: report.repository }))
      .trim()
      .split('\n');
    const story = subjects.map((subject) => subject.replace(report.job.id, 'ID').replace(/build[12]/g, 'AGENT'));
    expect(story).toEqual(
      expect.arrayContaining([
        'begin the yard',
        `register agent AGENT on ${hostname()}`,
        'submit job ID for main',
        'claim job ID for AGENT',
        'start job ID on AGENT',
        'finish job ID: succeeded',
      ]),
    );
    expect(JSON.parse((await runInThisProcess('audit', '--yard', report.repository, '--json')).stdout)).toMatchObject({
      ok: true,
      firstViolation: null,
    });
  });

  it('exits with 1 when the build fails, and says which stage', async () => {
    const app = await sourceRepository();
    await writeFile(join(app, 'adds.test.js'), "throw new Error('no');\n");
    await git(['commit', '--quiet', '--all', '-m', 'Break'], { cwd: app });

    const { code, stdout, stderr } = await upOnce(app, '--agents', '1');

    expect(code).toBe(1);
    expect(stderr).toMatch(/Test +failed/);
    expect(stdout).toMatch(/has failed on build1, attempt 1, token 1: 1 of 1 tests failed/);
  });

  it('says so and ends when its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const { code, stderr } = await run(
      'up',
      '--no-open',
      '--port',
      String(port),
      '--dir',
      'yard',
      '--repo',
      await sourceRepository(),
    );

    server.close();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/cannot listen on 127.0.0.1:\d+ .*another port/),
    });
  });

  it('ends on Ctrl-C and leaves no agent behind', async () => {
    const { program, pid } = await upWithOneAgent();

    program.kill('SIGINT');

    expect(await program.exit).toEqual({ code: 0, signal: null });
    expect(isAlive(pid)).toBe(false);
  });

  it('takes its agents along even when it is killed', async () => {
    const { program, pid } = await upWithOneAgent();

    program.kill('SIGKILL');

    await waitFor(() => !isAlive(pid), { what: 'the agent is gone' });
  });

  it('begins again in a folder whose last run was killed a moment ago', async () => {
    const { program } = await upWithOneAgent();
    program.kill('SIGKILL');

    const { code, stdout } = await upOnce(await sourceRepository(), '--agents', '1', '--json');

    expect({ code, status: JSON.parse(stdout).job?.status }).toEqual({ code: 0, status: 'succeeded' });
  });

  it('ends on SIGTERM though many agents are still to be started', async () => {
    const { program } = await up('--agents', '100');

    program.kill('SIGTERM');

    expect(await program.exit).toEqual({ code: 0, signal: null });
    expect((await readdir(join(folder.path, 'yard', 'agents'))).length).toBeLessThan(100);
  });

  it('obeys needs with two agents at work', async () => {
    const { ask } = await up('--agents', '2');
    await waitFor(async () => (await ask<unknown[]>('agent', 'list')).length === 2, {
      what: 'both agents have joined',
    });
    const add = (...words: string[]) => ask<{ id: string }>('job', 'add', ...words);
    const untilTold = `${MARK} const look = () => require('fs').existsSync('told') || setTimeout(look, 50); look();`;
    const first = await add('--', 'node', '-e', untilTold);
    const second = await add('--', 'node', '-e', untilTold);
    const third = await add('--needs', `${first.id},${second.id}`, '--', 'node', '-e', '0');
    // Neither ends before both have begun.
    const both = [await begun(ask, first.id), await begun(ask, second.id)];
    for (const { sources } of both) await writeFile(join(sources, 'told'), '');

    const jobs = await Promise.all([first, second, third].map(({ id }) => ended(ask, id)));

    expect(jobs.map((job) => job.status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(new Set(jobs.slice(0, 2).map((job) => job.attempts[0]?.agent))).toEqual(new Set(['build1', 'build2']));
    const log = await ask<{ operation: string; job: string }[]>('log');
    const acts = log
      .filter((row) => row.operation === 'claim' || row.operation === 'finish')
      .map((row) => `${row.operation} ${row.job}`);
    expect(acts.indexOf(`claim ${third.id}`)).toBeLessThan(
      Math.min(acts.indexOf(`finish ${first.id}`), acts.indexOf(`finish ${second.id}`)),
    );
  });

  it('runs the job of an agent that was killed again on the other, under a higher token', async () => {
    const { ask } = await up('--agents', '2');
    // The first attempt would take for ever.
    const script = `if (process.env.GITYARD_TOKEN_NUMBER !== '1') process.exit(0); ${MARK} setTimeout(() => {}, 600000)`;
    const { id } = await ask<{ id: string }>('job', 'add', '--', 'node', '-e', script);
    const { holder } = await begun(ask, id);

    await killDaemon(holder);
    const job = await ended(ask, id);

    expect(job).toMatchObject({
      status: 'succeeded',
      token: 2,
      attempts: [
        { agent: holder, token: 1, status: 'lost' },
        { token: 2, status: 'succeeded' },
      ],
    });
    expect(job.attempts[1]?.agent).not.toBe(holder);
    expect(await ask('audit')).toMatchObject({ ok: true });
  });

  it('takes up a file that a person pushed with plain Git, answers a broken one, and still runs the next', async () => {
    const app = await sourceRepository();
    const { address, ask } = await up('--agents', '1', '--allow', app);
    const clone = join(folder.path, 'clone');
    await git(['clone', '--quiet', '--branch', 'yard', address, clone], { cwd: folder.path });
    const push = async (name: string, text: string): Promise<void> => {
      await writeFile(join(clone, 'queue', name), text);
      await git(['add', '.'], { cwd: clone });
      await git(['commit', '--quiet', '-m', `Ask with ${name}`], { cwd: clone });
      // An agent may be quicker, and then a person does this again.
      const pushed = async () => {
        await git(['pull', '--quiet', '--rebase'], { cwd: clone });
        await git(['push', '--quiet'], { cwd: clone });
        return true;
      };
      await waitFor(pushed, { what: `${name} is pushed` });
    };
    const succeeded = () => ask<JobJson[]>('job', 'list', '--status', 'succeeded');

    await push('hello.json', JSON.stringify({ repo: app, toolchain: 'npm' }));
    await waitFor(async () => (await succeeded()).length === 1, { what: 'the pushed job has succeeded' });
    await push('broken.json', '{ "repo": ');
    await waitFor(
      async () =>
        (
          await git(['ls-tree', '--name-only', 'yard', 'queue/'], {
            cwd: join(folder.path, 'yard', 'repositories', 'yard.git'),
          })
        ).includes('queue/broken.error.md'),
      { what: 'the broken file is answered' },
    );
    await push('next.json', JSON.stringify({ repo: app, toolchain: 'npm' }));
    await waitFor(async () => (await succeeded()).length === 2, { what: 'the next job has succeeded' });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH is what no process answers.
    return false;
  }
}

async function killDaemon(agent: string): Promise<void> {
  process.kill(await pidOf(agent), 'SIGKILL');
}

async function pidOf(agent: string): Promise<number> {
  const life = await readFile(join(folder.path, 'yard', 'agents', agent, 'life.json'), 'utf8');
  return (JSON.parse(life) as { pid: number }).pid;
}
