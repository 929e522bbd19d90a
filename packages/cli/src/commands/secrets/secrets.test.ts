import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type NodeProcess, startNode } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

const VALUE = 'tok/en+value-77';
const QUICK = { heartbeat: { intervalSeconds: 5 }, lease: { seconds: 30 }, poll: { seconds: 0.5 } };

let world: World;
let project: string;
const agents: NodeProcess[] = [];

beforeAll(async () => {
  world = await makeWorld();
  await world.configure(QUICK);
  project = await aProject();
  for (const id of ['build1', 'build2']) agents.push(await startAgent(id));
});

afterAll(async () => {
  for (const agent of agents) agent.kill('SIGKILL');
  await Promise.all(agents.map((it) => it.exit));
  await world.remove();
});

const home = (id: string) => join(world.folder, id);
const options = (id = 'build1') => ({ env: { GITYARD_YARD: world.yard, GITYARD_HOME: home(id) } });
const run = (...words: string[]) => world.run(words, options());
const give = (value: string, ...words: string[]) => world.run(words, { ...options(), input: value });
const json = <T = Record<string, unknown>>(...words: string[]) => world.json<T>(words, options());

async function aProject(): Promise<string> {
  const path = join(world.folder, 'project');
  await mkdir(path);
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: path });
  const recipe = 'all:\n\t@printenv NUGET_KEY; printenv NUGET_KEY | base64; test "$$NUGET_KEY" = "tok/en+value-77"\n';
  await writeFile(join(path, 'Makefile'), recipe);
  await git(['add', '--all'], { cwd: path });
  await git(['commit', '--quiet', '--message', 'the program'], { cwd: path });
  return path;
}

async function startAgent(id: string): Promise<NodeProcess> {
  const { PATH = '' } = process.env;
  const env = { HOME: world.folder, GITYARD_HOME: home(id), GITYARD_YARD: world.yard, PATH };
  await mkdir(home(id));
  const secrets = id === 'build1' ? [{ name: 'NUGET_KEY', repositories: [project], refs: ['main'] }] : [];
  const policy = { repositories: [project], commands: true, unsandboxed: true, secrets };
  await writeFile(join(home(id), 'policy.json'), JSON.stringify(policy), { mode: 0o600 });
  const agent = startNode(PROGRAM, ['agent', 'run', '--agent', id, '--labels', `on-${id}`], { env, cwd: world.folder });
  await agent.waitForLine(/has joined/);
  return agent;
}

interface Listed {
  readonly name: string;
  readonly from: string[];
  readonly recipients: { agent: string | null; current: boolean }[];
  readonly readableHere: boolean;
}

describe('secrets', () => {
  it('are sealed for agents, listed without their values, and given to the builds that a policy names', async () => {
    const set = await give(`${VALUE}\n`, 'secrets', 'set', 'NUGET_KEY', '--for', 'build1', '--reason', 'the feed');
    const listed = await json<Listed[]>('secrets', 'list');
    const { id } = await json<{ id: string }>(
      'job',
      'add',
      '--repo',
      project,
      '--branch',
      'main',
      '--secrets',
      'NUGET_KEY',
    );
    const waited = await run('job', 'wait', id, '--timeout', '240s');
    const logs = await run('job', 'logs', id);

    expect(set).toMatchObject({ code: 0, stdout: 'NUGET_KEY is sealed for build1\n' });
    expect(listed).toMatchObject([{ name: 'NUGET_KEY', from: ['yard'], readableHere: true }]);
    expect(listed[0]?.recipients).toMatchObject([{ agent: 'build1', current: true }]);
    expect(waited.code).toBe(0);
    expect(logs.stdout).toContain('***REDACTED***');
    const everything = [set, waited, logs].map((it) => it.stdout + it.stderr).join('') + JSON.stringify(listed);
    expect(everything).not.toContain(VALUE);
    expect(await readFile(join(home('build1'), 'secret-uses.jsonl'), 'utf8')).toContain(`"job":"${id}"`);
    await expectNowhereInHistory(VALUE);
  });

  it('keep a job that asks for them from an agent without a rule, and it says so', async () => {
    const words = ['--repo', project, '--branch', 'main', '--secrets', 'NUGET_KEY', '--labels', 'on-build2'];
    const { id } = await json<{ id: string }>('job', 'add', ...words);
    const why = await run('job', 'why', id);
    await run('job', 'cancel', id);

    expect(why.stdout).toContain('will never run unless someone acts');
  });

  it('are sealed anew for agents that joined, by who can read them', async () => {
    const denied = await world.run(['secrets', 'reseal', 'NUGET_KEY', '--for', 'build2'], options('build2'));
    const done = await run('secrets', 'reseal', 'NUGET_KEY', '--for', 'build2');
    const listed = await world.json<Listed[]>(['secrets', 'list'], options('build2'));

    expect(denied).toMatchObject({ code: 6, stderr: expect.stringContaining('cannot open NUGET_KEY') });
    expect(done.stdout).toBe('NUGET_KEY is sealed for build1, build2\n');
    expect(listed).toMatchObject([{ readableHere: true }]);
  });

  it('says of one that is too short to be masked that it will be seen', async () => {
    const short = await give('12345', 'secrets', 'set', 'PIN', '--here');

    expect(short).toMatchObject({ code: 0, stderr: expect.stringContaining('PIN is too short to be masked in logs') });
    expect(await run('secrets', 'rm', 'PIN', '--here')).toMatchObject({ code: 0 });
  });

  it('can be kept in a file of the machine, which comes before the yard, and is told of when others may read it', async () => {
    const set = await give('of this machine', 'secrets', 'set', 'NUGET_KEY', '--here');
    const path = join(home('build1'), 'secrets', 'NUGET_KEY');

    expect(set).toMatchObject({ code: 0 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await json<Listed[]>('secrets', 'list')).toMatchObject([{ from: ['files', 'yard'], readableHere: true }]);
    await chmod(path, 0o644);
    expect((await run('secrets', 'list')).stdout).toContain(`chmod 600 ${path}`);
    expect(await run('secrets', 'rm', 'NUGET_KEY', '--here')).toMatchObject({ code: 0 });
    expect(await run('secrets', 'rm', 'NUGET_KEY', '--here')).toMatchObject({ code: 3 });
  });

  it('say what is wrong before they take a value, and take none from the command line', async () => {
    const wrong = [
      await give(VALUE, 'secrets', 'set', 'nuget-key'),
      await give(VALUE, 'secrets', 'set', 'NUGET_KEY', VALUE),
      await give(VALUE, 'secrets', 'set', 'NUGET_KEY', '--for', 'build9'),
      await give(VALUE, 'secrets', 'set', 'NUGET_KEY', '--to', 'age1nonsense'),
      await give('', 'secrets', 'set', 'NUGET_KEY'),
      await give('x'.repeat(40_000), 'secrets', 'set', 'NUGET_KEY'),
      await run('secrets', 'rm', 'OTHER'),
      await run('secrets', 'reseal', 'OTHER'),
    ];

    expect(wrong.map((it) => it.code)).toEqual([2, 2, 3, 2, 7, 7, 3, 3]);
  });

  it('change nothing as a trial, are removed, and leave a history that the audit finds clean', async () => {
    const trial = await json('secrets', 'rm', 'NUGET_KEY', '--dry-run');
    const removed = await run('secrets', 'rm', 'NUGET_KEY', '--reason', 'it is over');

    expect(trial).toMatchObject({ dryRun: true, operation: 'remove-secret' });
    expect(removed).toMatchObject({ code: 0 });
    expect(await json('secrets', 'list')).toEqual([]);
    expect(await json('audit')).toMatchObject({ ok: true, firstViolation: null });
  });
});

/** Neither in a commit of the yard, nor in a log of it, nor in what the agents keep. */
async function expectNowhereInHistory(value: string): Promise<void> {
  const clone = join(world.folder, 'mirror.git');
  await git(['clone', '--quiet', '--mirror', world.yard, clone], { cwd: world.folder });
  const history = await git(['log', '--all', '--patch', '--format=%B'], { cwd: clone });
  expect(history).toContain('BEGIN AGE ENCRYPTED FILE');
  expect(history).not.toContain(value);
  const kept = join(home('build1'), 'build', 'logs');
  for (const name of await readdir(kept)) expect(await readFile(join(kept, name), 'latin1')).not.toContain(value);
}

describe('a secret that is typed', () => {
  /** What a real terminal shows, and the exit code; the keys are pressed when the question is there. */
  async function atTerminal(name: string, keys: string): Promise<{ shown: string; code: number }> {
    const line = `'${process.execPath}' '${PROGRAM}' secrets set ${name} --here`;
    const env = { ...process.env, HOME: world.folder, GITYARD_HOME: home('typing'), GITYARD_YARD: world.yard };
    const child = spawn('script', ['-qec', line, '/dev/null'], { cwd: world.folder, env });
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const wasAsked = shown.includes('not shown');
      shown += chunk.toString('utf8');
      if (!wasAsked && shown.includes('not shown')) child.stdin.write(keys);
    });
    const [code] = await once(child, 'close');
    return { shown, code };
  }

  it('is not shown, and Ctrl-C or Ctrl-D instead of it keeps nothing and is no fault', async ({ skip }) => {
    if (!existsSync('/usr/bin/script')) {
      if (process.env.CI) throw new Error('script (bsdutils) is not installed');
      skip('script (bsdutils) is not installed');
    }

    const typed = await atTerminal('TYPED', 'typed-value-9\r');
    const stopped = await Promise.all([atTerminal('STOPPED', 'typed-val\x03'), atTerminal('STOPPED', '\x04')]);

    expect(typed.code).toBe(0);
    expect(await readFile(join(home('typing'), 'secrets', 'TYPED'), 'utf8')).toBe('typed-value-9');
    expect(stopped.map((it) => it.code)).toEqual([130, 130]);
    for (const { shown } of [typed, ...stopped]) expect(shown).not.toMatch(/typed-val|fault/);
    expect(existsSync(join(home('typing'), 'secrets', 'STOPPED'))).toBe(false);
  });
});
