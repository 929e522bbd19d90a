import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Job } from '@gityard/domain';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';
import { type ProgramServer, startProgramServer } from './program-server.fixture.ts';

const CHECKOUT = fileURLToPath(new URL('../../../../', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

let world: World;
let server: ProgramServer;
const daemons = new Map<string, NodeProcess>();

const QUICK = {
  heartbeat: { intervalSeconds: 2 },
  poll: { seconds: 1 },
  lease: { seconds: 60 },
  push: { perMinute: 0 },
};

beforeAll(async () => {
  world = await makeWorld();
  await world.configure(QUICK);
  // What a packed program has inside, the built one finds above it.
  await symlink(join(CHECKOUT, 'node_modules'), join(world.folder, 'node_modules'));
  server = await startProgramServer(world.folder);
  await start('build1');
});
afterAll(async () => {
  for (const it of daemons.values()) await it.dispose();
  await server.close();
  await world.remove();
});

const homeOf = (agent: string) => join(world.folder, agent);
const envOf = (agent: string) => ({ ...server.env, GITYARD_HOME: homeOf(agent), HOME: world.folder });

/** With an owner who allows updates from wherever these specs have them. */
async function start(agent: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const sources = ['npm:gityard', `${server.origin}/*`, `${world.folder}/*`].flatMap((it) => ['--updates', it]);
  const allow = ['agent', 'allow', ...sources, '--commands', '--unsandboxed'];
  await world.run(allow, { env: envOf(agent) });
  const words = ['agent', 'run', '--yard', world.yard, '--agent', agent];
  const daemon = startNode(PROGRAM, words, { cwd: world.folder, env: { ...envOf(agent), ...more } });
  await daemon.waitForLine(new RegExp(`${agent} has joined`));
  daemons.set(agent, daemon);
}

/** This very program under another version, with another beginning. */
async function packedProgram(version: string, main = ALL): Promise<string> {
  const folder = join(world.folder, `pack-${version}`, 'package');
  await mkdir(folder, { recursive: true });
  await cp(DIST, join(folder, 'dist'), { recursive: true, filter: (it) => !/\.(map|d\.ts|tsbuildinfo)$/.test(it) });
  const manifest = { name: 'gityard', version, type: 'module', bin: { gityard: './main.js' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'main.js'), main);
  const archive = join(world.folder, `gityard-${version}.tgz`);
  await promisify(execFile)('tar', ['-czf', archive, '-C', join(folder, '..'), 'package']);
  return archive;
}

const ALL = "await import('./dist/main.js');";
/** Once is enough to see a program really check itself. */
const checksItself = (version: string, check: string) =>
  `if (process.argv[2] === 'self-check') console.log(JSON.stringify({ version: '${version}', ${check} }));\n`;
const WELL = 'ok: true, checks: []';

async function update(to: string, ...more: string[]): Promise<readonly { agent: string; id: string }[]> {
  const { code, stdout, stderr } = await world.run(['agent', 'update', '--to', to, '--json', ...more], {
    env: { ...server.env, GIT_SSL_CAINFO: server.authority },
  });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout).updates;
}

/** Told by whichever program had it last. */
async function ended(id = '', agent = 'build1'): Promise<Job> {
  await daemons.get(agent)?.waitForLine(new RegExp(`job ${id}.* (?:succeeded|failed)`));
  return world.json<Job>(['job', 'show', id]);
}

async function updated(to: string): Promise<Job> {
  const [asked] = await update(to, 'build1');
  return ended(asked?.id);
}

const running = async (agent = 'build1') => (await world.json<{ version: string }>(['agent', 'show', agent])).version;
const chosen = async () => JSON.parse(await readFile(join(homeOf('build1'), 'program', 'state.json'), 'utf8'));

describe('an agent whose owner allows updates', () => {
  it('changes to another version from an https server, which says so in its own heartbeat before the job succeeds', async () => {
    await packedProgram('9.9.1');

    const job = await updated(`${server.origin}/gityard-9.9.1.tgz`);

    expect(job).toMatchObject({ status: 'succeeded', agent: null });
    expect(job.attempts.map(({ status, cause }) => [status, cause])).toEqual([
      ['lost', 'returned'],
      ['succeeded', null],
    ]);
    expect(job.attempts[1]?.reason).toBe('gityard 9.9.1 runs in the place of 0.1.0');
    expect(await running()).toBe('9.9.1');
    expect(await chosen()).toMatchObject({ current: { version: '9.9.1' }, chosenOver: '0.1.0', trial: null });
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('goes back where one from the registry dies at its start, and its job fails with the reason', async () => {
    const dies = "else throw new Error('planted');";
    await server.publish('9.9.2', await packedProgram('9.9.2', checksItself('9.9.2', WELL) + dies));
    await expect(update('9.9.7', 'build1')).rejects.toThrow(/npm knows no gityard@9\.9\.7 .*\[E404\]/);

    const job = await updated('9.9.2');

    expect(job).toMatchObject({ status: 'failed', update: { source: 'npm:gityard' } });
    expect(job.attempts.at(-1)?.reason).toBe('gityard 9.9.2 did not take over: it ended with exit code 1');
    expect(await running()).toBe('9.9.1');
  });
});

describe('a fleet that changes two at a time', () => {
  it('stops at an agent where the program is not well, and goes on once that is mended and somebody retries it', async () => {
    await Promise.all(['build2', 'build3'].map((it) => start(it)));
    const ill = join(homeOf('build2'), 'ill');
    await writeFile(ill, '');
    const check = `ok: true, checks: [{ name: 'git', ok: !(await import('node:fs')).existsSync('../ill'), text: 'is ill' }]`;
    const archive = await packedProgram('9.9.4', `${checksItself('9.9.4', check)}else ${ALL}`);

    const jobs = await update(archive, '--all', '--at-once', '2');
    const [first, second, third] = jobs.map((it) => it.id);

    expect(jobs.map((it) => it.agent)).toEqual(['build1', 'build2', 'build3']);
    expect((await ended(second, 'build2')).attempts.at(-1)?.reason).toBe('its self-check fails: git: is ill');
    expect(await ended(first, 'build1')).toMatchObject({ status: 'succeeded' });
    expect(await world.ok('job', 'why', third ?? '')).toContain(second);
    expect(await Promise.all(['build1', 'build2', 'build3'].map(running))).toEqual(['9.9.4', '0.1.0', '0.1.0']);

    await rm(ill);
    await world.ok('job', 'retry', second ?? '');

    expect(await ended(third, 'build3')).toMatchObject({ status: 'succeeded' });
    expect(await Promise.all(['build1', 'build2', 'build3'].map(running))).toEqual(['9.9.4', '9.9.4', '9.9.4']);
  });
});

describe('an agent that has changed', () => {
  it('is started again as what it changed to, and goes back there from one that gives no sign of life', async () => {
    daemons.get('build1')?.kill('SIGKILL');
    await daemons.get('build1')?.exit;
    // The program that it had started sees its end, and leaves the folder.
    const again = () => start('build1', { GITYARD_TRIAL_SECONDS: '2' }).then(() => true);
    await waitFor(() => again().catch(() => undefined), { what: 'it runs again' });
    expect(await running()).toBe('9.9.4');
    const hangs = 'else setInterval(() => undefined, 1e6);';

    const job = await updated(await packedProgram('9.9.5', checksItself('9.9.5', WELL) + hangs));

    expect(job.attempts.at(-1)?.reason).toBe('gityard 9.9.5 did not take over: it had not proven itself after 2 s');
    expect(await running()).toBe('9.9.4');
  });
});
