import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM, spawnProgram } from './program.fixture.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterAll(() => remove());
const run = (...words: string[]) => spawnProgram(words, { cwd: folder, env: { HOME: folder } });

/** The files of packages that a run loaded, as the engine itself counts them. */
async function loadedBy(...words: string[]): Promise<string[]> {
  const coverage = join(folder, `coverage-${words.join('')}`);
  const env = { PATH: process.env.PATH, HOME: folder, NODE_V8_COVERAGE: coverage };
  await promisify(execFile)(process.execPath, [PROGRAM, ...words], { env, cwd: folder });
  const [file] = await readdir(coverage);
  const { result } = JSON.parse(await readFile(join(coverage, file ?? ''), 'utf8')) as { result: { url: string }[] };
  return result.map((it) => it.url).filter((url) => url.startsWith('file:'));
}

describe('program', () => {
  it('loads no command, no yard and no package of others for --help', async () => {
    const loaded = await loadedBy('--help');

    // Every wrong word is answered with the nearest right one: a file of its own, which imports nothing.
    expect(loaded.filter((url) => !url.includes('/cli/dist/'))).toEqual([
      expect.stringMatching(/\/domain\/dist\/did-you-mean\.js$/),
    ]);
    expect(loaded.filter((url) => /\/commands\/(?!list|find-command)/.test(url))).toEqual([]);
    expect(loaded.length).toBeLessThan(20);
  });

  it('loads no command for the help of a group, and one for its own', async () => {
    const group = await loadedBy('job', '--help');
    const own = await loadedBy('lock', 'list', '--help');

    expect(group.filter((url) => /\/commands\/(?!list|find-command)/.test(url))).toEqual([]);
    expect(
      own.filter((url) => /\/commands\/(?!list|find-command)/.test(url)).map((url) => url.split('/').at(-1)),
    ).toEqual(['list.js']);
    expect(own.filter((url) => /\/(fastify|builder|agent|api)\//.test(url))).toEqual([]);
  });

  it('loads nothing of OpenTelemetry, and no logger, while nobody wants traces or JSON', async () => {
    // Whatever a command may say of itself is loaded for completion, and with it all that they begin with.
    const loaded = await loadedBy('completion', 'bash', '--json');

    expect(loaded.some((url) => url.includes('/telemetry/dist/'))).toBe(true);
    expect(loaded.filter((url) => /\/node_modules\/(?:@opentelemetry|pino|prom-client)\//.test(url))).toEqual([]);
  });

  it('prints the help of a command with its usage and an example', async () => {
    const { code, stdout } = await run('job', 'priority', '--help');

    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "gityard job priority <id> <priority>

      Give a job another priority.

      Arguments
        id        the id of the job, or its beginning
        priority  1 (first) to 10 (last), or Critical, High, Normal, Low

      Common flags
        --reason <text>        why; kept in the history
        --allow-secret <rule>  let pass what that rule takes for a secret; kept in the
                               history
        --dry-run              tell what would be done, and do nothing
        --no-spool             fail when the remote is away, and keep nothing here for
                               later
        --json                 print one JSON value on stdout
        --yard <path|url>      the yard; else the current repository, GITYARD_YARD,
                               the user config
        --agent <id>           the agent to act as; else GITYARD_AGENT,
                               /etc/gityard/agent, .build_server_id, the host name
        --refs-state <ref>     the ref of the state, when it is not refs/heads/yard
        --refs-live <ref>      the ref of the heartbeats, when it is not
                               refs/heads/yard-live
        --refs-logs <ref>      the ref of the logs, when it is not
                               refs/heads/yard-logs
        --debug                print the stack of an error
        -h, --help             print this help

      Example
        gityard job priority 01k9x High
      "
    `);
  });

  it('prints no help that is wider than a terminal, but for examples, which people copy', async () => {
    const all = await Promise.all([run('--help'), run('agent', '--help'), run('help', 'job', 'add')]);
    const lines = all.flatMap(({ stdout }) => stdout.split('\n')).filter((it) => !it.startsWith('  gityard '));

    expect(all.map((it) => it.code)).toEqual([0, 0, 0]);
    expect(lines.filter((it) => it.length > 80)).toEqual([]);
  });

  it('tells of nouns by their verbs, and of exit codes', async () => {
    expect((await run('--help')).stdout).toMatch(/^ {2}lock +acquire, release, list,/m);
    expect((await run('backup', '--help')).stdout).toContain('\nSee also\n  backup list');
    expect((await run('help', 'exit-codes')).stdout).toMatch(/^ {2}124 +timed out$/m);
  });

  it('prints its version', async () => {
    expect((await run('--version')).stdout).toMatch(/^gityard \d+\.\d+\.\d+\n$/);
    expect(JSON.parse((await run('version', '--json')).stdout)).toMatchObject({ version: expect.any(String) });
  });

  it.each([
    [[], 'gityard <command>'],
    [['job'], 'gityard job <command>'],
    [['jbo', 'list'], 'did you mean gityard job'],
    [['job', 'add', '--prioritty', '3'], 'did you mean --priority?'],
    [['job', 'show'], '<id> is missing'],
    [['status', '--yard'], '--yard has no value'],
    [['job', 'show', 'x', '--agent', 'a b'], 'no yard is known here'],
  ])('exits 2 for %j and says what would be right', async (words, text) => {
    const { code, stdout, stderr } = await run(...words);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(text);
  });

  it('prints wrong use as one JSON value too, also for half a command', async () => {
    for (const words of [
      ['job', '--json'],
      ['--json', 'nope'],
      ['job', 'add', '--json', '--nope'],
    ]) {
      const { code, stdout, stderr } = await run(...words);

      expect(code).toBe(2);
      expect(JSON.parse(stdout).error).toMatchObject({
        code: 'USAGE',
        message: expect.any(String),
        hint: expect.any(String),
      });
      expect(stderr.split('\n')).toHaveLength(2);
    }
  });

  it('shows a stack only with --debug', async () => {
    expect((await run('status', '--yard', '/nowhere')).stderr).not.toContain('    at ');
    expect((await run('status', '--yard', '/nowhere', '--debug')).stderr).toContain('    at ');
  });

  it('ends quietly when its reader leaves early', async () => {
    const { stdout, stderr } = await promisify(execFile)('bash', [
      '-c',
      `"$0" "$1" completion bash | head -c 10`,
      process.execPath,
      PROGRAM,
    ]);

    expect({ stdout, stderr }).toEqual({ stdout: '_gityard_f', stderr: '' });
  });

  it('exits 8 with one line when its answer cannot be written (needs /dev/full)', async ({ skip }) => {
    skip(!process.env.CI && !existsSync('/dev/full'), 'there is no /dev/full here');
    const script = '"$0" "$1" --help >/dev/full; echo "exit $?"';

    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath, PROGRAM]);

    expect(stdout).toBe('exit 8\n');
    expect(stderr).toMatch(/^gityard: the output cannot be written: the disk is full; .* \[DISK_FULL\]\n$/);
  });
});
