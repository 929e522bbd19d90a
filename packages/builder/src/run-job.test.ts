import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptTraceparent } from '@gityard/domain';
import { describe, expect, it, vi } from 'vitest';
import type { BuildOutcome, BuildProcess, BuildUpdate } from './contract.ts';
import { runJob } from './run-job.ts';
import { stoppedClock } from './specs/clock.ts';
import { repository, request, temporaryFolder } from './specs/world.ts';

const script = (text: string) => ['sh', '-c', text];
const stagesOf = ({ stages }: BuildOutcome) => Object.fromEntries(stages.map(({ name, status }) => [name, status]));
const rawLogOf = ({ files }: BuildOutcome) =>
  files
    .filter(({ path }) => path.endsWith('.log'))
    .map(({ content }) => Buffer.from(content).toString('utf8'))
    .join('');
const jsonLogOf = ({ files }: BuildOutcome) => JSON.parse(Buffer.from(files[0]?.content ?? []).toString('utf8'));
const run = (command: string[], part: Parameters<typeof request>[0] = {}) =>
  runJob(request({ ...part, job: { command, ...part.job } }));

describe('run-job', () => {
  it('runs a command in an empty workspace and collects what it leaves among the artifacts', async () => {
    const folder = temporaryFolder();
    const updates: BuildUpdate[] = [];

    const outcome = await run(script('ls -A; echo made > "$GITYARD_ARTIFACTS/result.txt"; echo "warning: careful"'), {
      folder,
      onProgress: (update) => updates.push(update),
    });

    expect(outcome).toMatchObject({
      status: 'succeeded',
      cause: null,
      exitCode: 0,
      reason: null,
      toolchain: 'shell',
      isolation: 'none',
    });
    expect(stagesOf(outcome)).toEqual({
      Fetch: 'Skipped',
      Restore: 'Skipped',
      Build: 'Succeeded',
      Test: 'Skipped',
      Package: 'Skipped',
      Publish: 'Succeeded',
    });
    expect(outcome.stages[2]).toMatchObject({ warnings: 1, errors: 0 });
    expect(outcome.artifacts.map(({ path, file }) => [path, readFileSync(file, 'utf8')])).toEqual([
      ['result.txt', 'made\n'],
    ]);
    expect(rawLogOf(outcome)).toMatch(/^\[gityard\] Build: sh -c .*\nwarning: careful\n$/);
    expect(updates.map(({ progress }) => progress)).toContain('Collecting artifacts…');
  });

  it('leaves artifacts and logs, and no workspace', async () => {
    const folder = temporaryFolder();
    const tidy = 'mkdir -p ro/deep; touch ro/deep/f "$GITYARD_ARTIFACTS/a"; chmod -R a-w ro';

    await run(script(tidy), { folder });

    expect(readdirSync(join(folder, 'workspaces'))).toEqual([]);
    expect(readdirSync(join(folder, 'artifacts', 'b1', '1')).sort()).toEqual(['SHA256SUMS', 'a']);
    expect(readdirSync(join(folder, 'logs'))).toEqual(['b1-1.log']);
  });

  it('runs a command in a checkout and tells it all that is promised, and nothing of the agent', async () => {
    vi.stubEnv('GITYARD_SECRET', 'hunter2');
    vi.stubEnv('GITHUB_TOKEN', 'hunter2');
    vi.stubEnv('npm_config__authToken', 'hunter2');
    vi.stubEnv('npm_config_registry', 'https://mirror.example/');
    vi.stubEnv('NPM_CONFIG_USERCONFIG', '/etc/ours');
    vi.stubEnv('ACME_LICENCE', 'listed');
    const origin = repository({ 'a.txt': 'hello' });
    const folder = temporaryFolder();

    const outcome = await run(script('cat a.txt; echo; cat "$HOME/.npmrc"; env'), {
      folder,
      policy: { repositories: ['*'], commands: true, environment: ['ACME_*'] },
      attempt: 2,
      token: 7,
      job: { repository: origin.path, branch: 'main', parameters: { 'build-type': 'dotnet' } },
    });

    vi.unstubAllEnvs();
    const log = rawLogOf(outcome);
    const commit = origin.git('rev-parse', 'HEAD');
    const source = join(folder, 'workspaces', 'b1-7', 'source');
    expect(outcome).toMatchObject({ status: 'succeeded', branch: 'main', commit });
    expect(log).toContain('hello\n');
    expect(log.split('\n')).toEqual(
      expect.arrayContaining([
        'CI=true',
        'GITYARD=true',
        'GITYARD_JOB_ID=b1',
        'GITYARD_ATTEMPT=2',
        'GITYARD_TOKEN_NUMBER=7',
        'GITYARD_AGENT=build1',
        'GITYARD_BRANCH=main',
        `GITYARD_COMMIT=${commit}`,
        `GITYARD_WORKSPACE=${source}`,
        `GITYARD_ARTIFACTS=${join(source, '..', 'artifacts')}`,
        `SOURCE_DATE_EPOCH=${origin.git('show', '-s', '--format=%ct')}`,
        `TRACEPARENT=${attemptTraceparent({ id: 'b1', traceparent: null }, 7)}`,
        'TZ=UTC',
        'LC_ALL=C.UTF-8',
        `HOME=${join(source, '..', 'home')}`,
        'GITYARD_PARAM_BUILD_TYPE=dotnet',
        'ACME_LICENCE=listed',
      ]),
    );
    expect(log).not.toContain('hunter2');
    expect(log).not.toMatch(/npm_config/i);
    expect(log).toContain('registry=https://mirror.example/');
  });

  it('tells of each program that it starts, so that somebody can end it if we cannot', async () => {
    const processes: BuildProcess[] = [];

    const outcome = await run(script('echo $$'), { onProcess: (it) => processes.push(it) });

    expect(processes).toEqual([
      { group: Number(/^\d+$/m.exec(rawLogOf(outcome))?.[0]), started: expect.stringMatching(/^[\w-]+ \d+$/) },
    ]);
  });

  it('blames the code for a command that fails, and skips the rest', async () => {
    const outcome = await run(script('echo "a.c:1:1: error: broken"; exit 3'));

    expect(outcome).toMatchObject({ status: 'failed', cause: 'code', exitCode: 3, signal: null });
    expect(outcome.reason).toContain('exit code 3');
    expect(stagesOf(outcome)).toMatchObject({ Build: 'Failed', Test: 'Skipped', Publish: 'Skipped' });
    expect(outcome.stages[2]).toMatchObject({ errors: 1, message: outcome.reason });
    expect(jsonLogOf(outcome)).toMatchObject({
      status: 'failed',
      firstErrors: ['a.c:1:1: error: broken'],
      commands: [{ stage: 'Build', exitCode: 3 }],
    });
  });

  it('tells a crash from a kill that was not ours', async () => {
    expect(await run(script('kill -SEGV $$'))).toMatchObject({ cause: 'code', exitCode: null, signal: 'SIGSEGV' });
    expect(await run(script('kill -KILL $$'))).toMatchObject({
      cause: 'infrastructure',
      exitCode: null,
      signal: 'SIGKILL',
    });
  });

  it('says whose fault it is that a program does not exist', async () => {
    expect(await run(['no-such-tool'])).toMatchObject({
      cause: 'infrastructure',
      reason: expect.stringContaining('no-such-tool is not installed on this agent'),
    });
    expect(await run(['./no-such-script'])).toMatchObject({ cause: 'code', exitCode: 127 });
    expect(await run(['sh build.sh'])).toMatchObject({
      cause: 'code',
      reason: expect.stringContaining('"sh build.sh" is one word, the name of a program; write ["sh", "build.sh"]'),
    });
    expect(await run(['printf', 'a\0b'])).toMatchObject({ cause: 'code', status: 'failed' });
  });

  it.each([
    ['before it began', 'true', (stop: AbortController) => stop.abort()],
    ['while it runs', 'trap "" TERM; echo go; while :; do sleep 1; done', () => undefined],
  ])('is cancelled %s', async (_, text, before) => {
    const stop = new AbortController();
    before(stop);

    const outcome = await run(script(text), {
      signal: stop.signal,
      graceMs: 100,
      onOutput: (chunk) => Buffer.from(chunk).toString().startsWith('go') && stop.abort('lease lost'),
    });

    expect(outcome).toMatchObject({ status: 'cancelled', cause: 'cancelled' });
    expect(new Set(outcome.stages.slice(2).map(({ status }) => status))).toEqual(new Set(['Cancelled']));
    if (text !== 'true') expect(outcome.reason).toBe('lease lost');
  });

  it('ends a build whose time is over, and says so', async () => {
    const pass = stoppedClock();

    const outcome = await run(script('echo go; sleep 1000'), {
      timeoutSeconds: 90,
      onOutput: (chunk) => Buffer.from(chunk).toString().startsWith('go') && pass(90),
    });

    expect(outcome).toMatchObject({ status: 'failed', cause: 'timeout', reason: 'the build ran longer than 90 s' });
    expect(stagesOf(outcome)).toMatchObject({ Build: 'Failed', Test: 'Skipped' });
  });

  it('ends a build that says nothing any more', async () => {
    const outcome = await run(['sleep', '1000'], { silentSeconds: 1 });

    expect(outcome).toMatchObject({ status: 'failed', cause: 'timeout', reason: 'the build printed nothing for 1 s' });
  });

  it('lets a build go on that says something again and again, however long that takes', async () => {
    const [pass, folder] = [stoppedClock(), temporaryFolder()];
    const words: string[] = [];

    const outcome = await run(
      script('for word in a b c; do echo $word; until [ -e $word ]; do sleep 0.02; done; done'),
      {
        folder,
        timeoutSeconds: 1_000,
        silentSeconds: 60,
        onOutput(chunk) {
          const word = /^([abc])\n$/.exec(Buffer.from(chunk).toString())?.[1];
          if (word === undefined) return;
          words.push(word);
          pass(50);
          writeFileSync(join(folder, 'workspaces', 'b1-1', 'source', word), '');
        },
      },
    );

    expect(words).toEqual(['a', 'b', 'c']);
    expect(outcome.status).toBe('succeeded');
  });

  it.each([
    ['a repository that is not listed', { repository: '/srv/app.git' }, 'gityard agent allow /srv/app.git'],
    ['a command where commands are not allowed', { command: ['id'] }, 'gityard agent allow --commands'],
    ['an address that is an option', { repository: '--upload-pack=id' }, 'is not an address'],
    ['an address that names a helper', { repository: 'ext::sh -c id' }, 'is not an address'],
  ])('refuses %s', async (_, job, text) => {
    const outcome = await runJob(request({ job, policy: { repositories: [], commands: false } }));

    expect(outcome).toMatchObject({ status: 'failed', cause: 'policy', reason: expect.stringContaining(text) });
    expect(outcome.files.length).toBeGreaterThanOrEqual(2);
  });

  it('says that a branch does not exist, that nothing can be run, and that nothing was asked', async () => {
    const origin = repository({ 'README.md': 'nothing here' });

    expect(await runJob(request({ job: { repository: origin.path, branch: 'nope' } }))).toMatchObject({
      cause: 'code',
      reason: `branch nope does not exist in ${origin.path}`,
    });
    expect(await runJob(request({ job: { repository: origin.path } }))).toMatchObject({
      cause: 'code',
      reason: expect.stringContaining('no toolchain fits'),
    });
    expect(await runJob(request())).toMatchObject({
      cause: 'code',
      reason: 'the job names neither a repository nor a command',
    });
  });

  it('runs the stages that a recipe names, one command after the other, and keeps what it declares', async () => {
    const recipe = {
      stages: {
        build: [
          ['sh', '-c', 'echo one > out.txt'],
          ['sh', '-c', 'echo two >> out.txt'],
        ],
        test: ['grep', 'two', 'out.txt'],
      },
      artifacts: ['*.txt'],
    };
    const origin = repository({ 'gityard.json': JSON.stringify(recipe) });

    const outcome = await runJob(request({ job: { repository: origin.path } }));

    expect(stagesOf(outcome)).toEqual({
      Fetch: 'Succeeded',
      Restore: 'Skipped',
      Build: 'Succeeded',
      Test: 'Succeeded',
      Package: 'Skipped',
      Publish: 'Succeeded',
    });
    expect(outcome.artifacts.map(({ file }) => readFileSync(file, 'utf8'))).toEqual(['one\ntwo\n']);
  });

  it('keeps memory flat, and what was printed as it was, while a build prints millions of lines that are no text', async () => {
    const before = process.memoryUsage().rss;
    let highest = 0;

    const outcome = await run(script(`yes "$(printf 'abc\\377')" | head -c 40000000 | tr a '\\0'`), {
      maxLogBytes: 1_000_000,
      onLog: () => {
        highest = Math.max(highest, process.memoryUsage().rss);
      },
    });

    expect(highest - before).toBeLessThan(150 * 1024 * 1024);
    const chunks = outcome.files.slice(2).map(({ content }) => Buffer.from(content));
    expect(Buffer.concat(chunks).subarray(-10)).toEqual(Buffer.from([0, 98, 99, 255, 10, 0, 98, 99, 255, 10]));
    expect(jsonLogOf(outcome)).toMatchObject({ missing: { fromByte: 500_000 }, truncated: true });
  });

  it('keeps memory flat and the log small while a build prints 200 MB', async () => {
    const before = process.memoryUsage().rss;
    let highest = 0;
    let bytes = 0;

    const outcome = await run(script('echo first; head -c 200000000 /dev/zero | tr "\\0" "x"; echo; echo last'), {
      maxLogBytes: 1_000_000,
      onOutput(chunk) {
        bytes += chunk.length;
        highest = Math.max(highest, process.memoryUsage().rss);
      },
    });

    expect(bytes).toBeGreaterThan(200_000_000);
    expect(highest - before).toBeLessThan(150 * 1024 * 1024);
    const log = rawLogOf(outcome);
    expect(log.length).toBeLessThan(1_000_200);
    expect(log).toMatch(
      /^\[gityard\] Build: [^\n]+\nfirst\n[x\n]+\n\[gityard: 199\d{6} bytes of output are left out here\]\n[x\n]+\nlast\n$/,
    );
    expect(jsonLogOf(outcome)).toMatchObject({ status: 'succeeded', truncated: true });
    expect(outcome.files.every(({ content }) => content.length <= 256 * 1024)).toBe(true);
  });

  it('does not throw when its own folder cannot be used', async () => {
    const folder = join(temporaryFolder(), 'file');
    const blocked = join(folder, 'below');
    writeFileSync(folder, '');

    expect(await run(['true'], { folder: blocked })).toMatchObject({
      status: 'failed',
      cause: 'infrastructure',
      files: [],
    });
  });

  it('is not stopped by a build that removes its own workspace', async () => {
    const outcome = await run(script('rm -rf "$GITYARD_WORKSPACE" "$GITYARD_ARTIFACTS"'));

    expect(outcome).toMatchObject({ status: 'succeeded', artifacts: [] });
  });

  it('does not take what a link in the place of its artifacts folder leads to', async () => {
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, 'secret.txt'), 'secret');

    const outcome = await run(
      script(`rmdir "$GITYARD_ARTIFACTS"; ln -s "${elsewhere}" "$GITYARD_ARTIFACTS"; ls "$GITYARD_ARTIFACTS"`),
    );

    expect(rawLogOf(outcome)).toContain('secret.txt\n');
    expect(outcome).toMatchObject({ status: 'succeeded', artifacts: [] });
    expect(existsSync(join(elsewhere, 'secret.txt'))).toBe(true);
  });

  it('starts from nothing although an earlier run of the same token was killed', async () => {
    const folder = temporaryFolder();
    await run(script('echo 1 > "$GITYARD_ARTIFACTS/old.txt"'), { folder });

    const outcome = await run(script('echo 2 > "$GITYARD_ARTIFACTS/new.txt"'), { folder });

    expect(outcome.artifacts.map(({ path }) => path)).toEqual(['new.txt']);
    expect(existsSync(join(folder, 'artifacts', 'b1', '1', 'old.txt'))).toBe(false);
  });
});
