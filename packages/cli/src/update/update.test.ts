import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Job } from '@gityard/domain';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';

const CHECKOUT = fileURLToPath(new URL('../../../../', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

let world: World;
let home: string;
let env: Record<string, string>;
let daemon: NodeProcess | undefined;

const QUICK = {
  heartbeat: { intervalSeconds: 2 },
  poll: { seconds: 1 },
  lease: { seconds: 60 },
  push: { perMinute: 0 },
};

beforeAll(async () => {
  world = await makeWorld();
  await world.configure(QUICK);
  home = join(world.folder, 'agent');
  env = { GITYARD_HOME: home, HOME: world.folder };
  // What a packed program has inside, the built one finds above it.
  await symlink(join(CHECKOUT, 'node_modules'), join(world.folder, 'node_modules'));
  await world.run(['agent', 'allow', '--updates', `${world.folder}/*`, '--commands', '--unsandboxed'], { env });
  daemon = await started();
});
afterAll(async () => {
  await daemon?.dispose();
  await world.remove();
});

async function started(more: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
  const words = ['agent', 'run', '--yard', world.yard, '--agent', 'build1'];
  const process = startNode(PROGRAM, words, { cwd: world.folder, env: { ...env, ...more } });
  await process.waitForLine(/build1 has joined/);
  return process;
}

/** This very program under another version, with another beginning. */
async function packedProgram(version: string, main = "await import('./dist/main.js');"): Promise<string> {
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

async function update(archive: string): Promise<string> {
  const told = await world.ok('agent', 'update', 'build1', '--to', archive, '--json');
  return JSON.parse(told).updates[0].id;
}

/** Told by whichever program had it last. */
async function ended(id: string): Promise<Job> {
  await daemon?.waitForLine(new RegExp(`job ${id}.* (?:succeeded|failed)`));
  return world.json<Job>(['job', 'show', id]);
}

const running = async () => (await world.json<{ version: string }>(['agent', 'show', 'build1'])).version;
const chosen = async () => JSON.parse(await readFile(join(home, 'program', 'state.json'), 'utf8'));

describe('an agent whose owner allows updates', () => {
  it('changes to another version, which says so in its own heartbeat before the job succeeds', async () => {
    const archive = await packedProgram('9.9.1');

    const job = await ended(await update(archive));

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

  it('goes back where the new one dies at its start, and its job fails with the reason', async () => {
    const archive = await packedProgram(
      '9.9.2',
      "if (process.argv[2] === 'agent') throw new Error('planted');\nawait import('./dist/main.js');",
    );

    const job = await ended(await update(archive));

    expect(job.status).toBe('failed');
    expect(job.attempts.at(-1)?.reason).toBe('gityard 9.9.2 did not take over: it ended with exit code 1');
    expect(await running()).toBe('9.9.1');
  });

  it('is started again as what it changed to, and goes back there from one that gives no sign of life', async () => {
    daemon?.kill('SIGKILL');
    await daemon?.exit;
    // The program that it had started sees its end, and leaves the folder.
    daemon = await waitFor(() => started({ GITYARD_TRIAL_SECONDS: '2' }).catch(() => undefined), {
      what: 'it runs again',
    });
    expect(await running()).toBe('9.9.1');
    const archive = await packedProgram(
      '9.9.3',
      "if (process.argv[2] === 'agent') setInterval(() => undefined, 1e6);\nelse await import('./dist/main.js');",
    );

    const job = await ended(await update(archive));

    expect(job.attempts.at(-1)?.reason).toBe('gityard 9.9.3 did not take over: it had not proven itself after 2 s');
    expect(await running()).toBe('9.9.1');
  });
});
