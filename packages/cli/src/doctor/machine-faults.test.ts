/** Each thing that can be wrong with a machine, really made wrong; the doctor is asked for that alone. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';
import { checkNode } from './machine.ts';
import { checkMemory } from './resources.ts';
import type { Checked } from './run-checks.ts';

const run = promisify(execFile);

let world: World;
let count = 0;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

/** A home of its own, with these files. */
async function homeWith(files: Readonly<Record<string, string>>, mode = 0o600): Promise<string> {
  const home = join(world.folder, `home-${count++}`);
  await mkdir(home);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(join(home, path), text, { mode });
  }
  return home;
}

async function finding(name: string, env: Readonly<Record<string, string>> = {}, yard = world.yard): Promise<Checked> {
  const { checks } = await world.json<{ checks: Checked[] }>(['doctor', '--only', name, '--yard', yard], { env });
  const found = checks.find((it) => it.name === name);
  if (!found) throw new Error(`the doctor was not asked for ${name}`);
  return found;
}

/** Nobody listens there, and nobody who asks for any port is given it. */
const CLOSED = '127.0.0.1:9';

describe('the programs of this machine', () => {
  it('are too old, or not there', async () => {
    const bin = await homeWith({ git: '#!/bin/sh\necho git version 2.20.1\n' }, 0o755);

    expect(await checkNode(undefined, undefined, '18.19.1')).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/older than 20/),
    });
    expect(await finding('git', { PATH: bin })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/2\.20\.1 is older/),
    });
    expect(await finding('git', { PATH: '/nowhere' })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/does not start/),
      remedy: expect.stringMatching(/install git/),
      runbook: expect.stringMatching(/docs\/guide\/runbook\.html#the-program-does-not-start$/),
    });
  });
});

describe('the backup that this machine makes', () => {
  it('is old, or tells nothing that could be understood, and is asked for only where it tells of itself', async () => {
    const folder = await homeWith({});
    const env = { GITYARD_METRICS_FILE: join(folder, 'agent.prom') };
    expect(await finding('backup')).toMatchObject({ verdict: 'skip' });
    expect(await finding('backup', env)).toMatchObject({ verdict: 'skip' });

    await world.ok('backup', '--to', join(folder, 'place'), '--metrics-file', folder);
    expect(await finding('backup', env)).toMatchObject({
      verdict: 'ok',
      text: expect.stringMatching(/last saved .*ago/),
    });
    const file = join(folder, 'gityard-backup.prom');
    const told = await readFile(file, 'utf8');
    await writeFile(
      file,
      told.replace(/^(gityard_backup_timestamp_seconds) .*$/m, `$1 ${Date.now() / 1000 - 180_000}`),
    );
    expect(await finding('backup', env)).toMatchObject({
      verdict: 'warn',
      text: 'the yard was last saved 2d 2h ago',
      runbook: expect.stringMatching(/docs\/guide\/runbook\.html#restore$/),
    });
    await writeFile(file, 'gityard_backup_timestamp_seconds often\n');
    expect(await finding('backup', env)).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/does not say/),
    });
  });
});

describe('what this machine has left', () => {
  it.skipIf(process.getuid?.() !== 0)('is too little on a disk that is full, or has no room for files', async () => {
    const [full, crowded] = [await homeWith({}), await homeWith({})];
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', full]);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=2g,nr_inodes=50', 'none', crowded]);
    try {
      expect(await finding('disk', { GITYARD_HOME: full })).toMatchObject({
        verdict: 'fail',
        text: expect.stringMatching(/1\.05 MB free/),
      });
      expect(await finding('temporary', { TMPDIR: full })).toMatchObject({
        verdict: 'fail',
        remedy: expect.stringMatching(/free some space/),
      });
      expect(await finding('disk', { GITYARD_HOME: crowded })).toMatchObject({
        verdict: 'fail',
        text: expect.stringMatching(/49 more files/),
      });
      await run('mount', ['-o', 'remount,ro', full]);
      expect(await finding('home', { GITYARD_HOME: full })).toMatchObject({
        verdict: 'fail',
        text: expect.stringMatching(/cannot be written/),
      });
    } finally {
      await run('umount', [full, crowded]);
    }
  });

  it('is no folder at all', async () => {
    const home = await homeWith({ file: '' });

    expect(await finding('home', { GITYARD_HOME: join(home, 'file') })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/is no folder/),
    });
  });

  it('is nearly no memory, and few open files', async () => {
    const home = await homeWith({ meminfo: 'MemTotal: 8000000 kB\nMemAvailable:   1000 kB\n' });
    const words = ['--nofile=800', process.execPath, PROGRAM, 'doctor', '--only', 'limits', '--json'];

    expect(await checkMemory(undefined, undefined, join(home, 'meminfo'))).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/^1\.02 MB of/),
    });
    const { stdout } = await run('prlimit', words, { env: { ...process.env, GITYARD_HOME: home } });
    expect(JSON.parse(stdout).checks).toMatchObject([
      { verdict: 'warn', text: expect.stringMatching(/^800 open files/), remedy: expect.stringMatching(/ulimit -n/) },
    ]);
  });

  it('is a time zone that nobody knows', async () => {
    expect(await finding('time-zone', { TZ: 'Europe/Atlantis' })).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/counts as UTC/),
    });
  });
});

describe('the files of the agent', () => {
  it('say what nobody reads', async () => {
    const home = await homeWith({ 'agent.json': '{ "relayhost": "b1", "cache": { "floder": "/srv" } }' });

    expect(await finding('settings', { GITYARD_HOME: home })).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/nothing reads the setting relayhost/),
      remedy: 'did you mean relayHost?',
    });
  });

  it('are locked by an agent that lives, or by one that died', async () => {
    const { pid } = spawnSync('true');
    const [dead, alive] = [
      await homeWith({ 'agent.pid': `${pid}` }),
      await homeWith({ 'agent.pid': `${process.pid}` }),
    ];
    for (const it of [dead, alive]) await mkdir(join(it, 'agent.lock'));

    expect(await finding('lock', { GITYARD_HOME: dead })).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/has died/),
    });
    expect(await finding('lock', { GITYARD_HOME: alive })).toMatchObject({
      verdict: 'ok',
      text: expect.stringMatching(/is the agent of this home/),
    });
  });

  it('are seen as a service sees them: as its agent, with its environment, its home and its yard', async () => {
    const home = await homeWith({ 'policy.json': '{}' });
    const flags = ['--yard', world.yard, '--slots', '2'];
    const daemon = { flags, userHome: home, path: process.env.PATH, tokenFile: null, sshKey: null };
    const noted = { schemaVersion: 1, service: 'cron', id: 'b7', scope: 'user', user: 'me', uid: null, home, daemon };
    const files = { files: [], folders: [], crontab: null, isComplete: true, script: PROGRAM };
    const config = await homeWith({
      'gityard/services/b7.json': JSON.stringify({ ...noted, ...files }),
      'gityard/b7.env': '# ours\nTZ=Mars/Olympus\nno line\n',
    });
    const env = { XDG_CONFIG_HOME: config, TZ: 'UTC' };

    const only = ['--only', 'identity,home,time-zone,service,yard'];
    const { stdout, code } = await world.run(['doctor', '--service', 'b7', '--json', ...only], { env, cwd: home });
    const unknown = await world.run(['doctor', '--service', 'b8'], { env, cwd: home });

    const { checks } = JSON.parse(stdout) as { checks: Checked[] };
    expect(Object.fromEntries(checks.map((it) => [it.name, it.text]))).toEqual({
      identity: expect.stringMatching(/acts as b7/),
      home,
      'time-zone': expect.stringContaining('Mars/Olympus'),
      service: expect.stringMatching(/b7 is installed, and no agent runs/),
      yard: expect.stringContaining(world.yard),
    });
    expect({ code, unknown: unknown.code }).toEqual({ code: 1, unknown: 3 });
  });

  it('name a service that is gone, half installed, or does not run', async () => {
    const installed = async (fields: object): Promise<Checked> => {
      const noted = { id: 'b1', home: '/nowhere', files: [{ path: PROGRAM }], isComplete: true, ...fields };
      const config = await homeWith({ 'gityard/services/b1.json': JSON.stringify(noted) });
      return finding('service', { XDG_CONFIG_HOME: config });
    };
    const unit = join(await homeWith({ 'gityard-b1.service': '' }), 'gityard-b1.service');
    const running = await homeWith({ 'agent.pid': `${process.pid}` });

    expect(await installed({ files: [{ path: '/nowhere/b1.service' }] })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/is gone$/),
    });
    expect(await installed({ isComplete: false })).toMatchObject({
      verdict: 'fail',
      remedy: expect.stringMatching(/install --id b1/),
    });
    expect(await installed({ files: [{ path: unit }] })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/no agent runs/),
      remedy: expect.stringMatching(/journalctl -u gityard-b1\.service/),
    });
    expect(await installed({ home: running })).toMatchObject({
      verdict: 'ok',
      text: expect.stringMatching(/b1 runs as/),
    });
  });

  it('allow nothing, or may be written by others', async () => {
    const [nothing, open] = [await homeWith({ 'policy.json': '{}' }), await homeWith({ 'policy.json': '{}' })];
    await run('chmod', ['666', join(open, 'policy.json')]);

    expect(await finding('policy', { GITYARD_HOME: nothing })).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/allows nothing/),
    });
    expect(await finding('policy', { GITYARD_HOME: open })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/written by others/),
    });
  });

  it('hold keys and secrets that others can read, and signers whose time is over', async () => {
    const home = await homeWith({ 'secrets/NPM_TOKEN': 'hush' }, 0o644);
    await world.run(['key', 'new'], { env: { GITYARD_HOME: home } });
    const [key] = (await run('cat', [join(home, 'signing-key.pub')])).stdout.split('\n');
    await writeFile(join(home, 'allowed_signers'), `ann valid-before="20200101" ${key}\n`, { mode: 0o600 });
    await run('chmod', ['644', join(home, 'signing-key')]);

    const env = { GITYARD_HOME: home };
    expect(await finding('keys', env)).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/signing-key/),
      remedy: expect.stringMatching(/chmod|own/),
    });
    expect(await finding('secrets', env)).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/read by others.*chmod 600/),
    });
    expect(await finding('signers', env)).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/the key of ann ran out at 2020/),
    });
  });
});

describe('what this machine is told to reach', () => {
  it('does not answer: a proxy, a store, a cache, a channel', async () => {
    const proxy = { HTTPS_PROXY: `http://${CLOSED}` };
    expect(await finding('proxy', proxy, 'https://git.example/yard.git')).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/ECONNREFUSED$/),
    });
    expect(await finding('proxy', proxy)).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/the yard is reached without it/),
    });
    expect(await finding('proxy', { https_proxy: 'http://[' })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/is no address/),
    });
    expect(await finding('stores', { GITYARD_ARTIFACTS_STORE: '/nowhere/store' })).toMatchObject({
      verdict: 'warn',
      text: expect.stringMatching(/is not there/),
    });
    expect(await finding('stores', { GITYARD_CACHE_REDIS: `redis://${CLOSED}` })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/Redis.*ECONNREFUSED/),
    });
    expect(await finding('channels', { GITYARD_NOTIFY_TEAM_URL: `http://${CLOSED}/hush` })).toMatchObject({
      verdict: 'fail',
      text: `channel TEAM: 127.0.0.1 takes no connection: ECONNREFUSED`,
    });
  });

  it('is a yard by ssh, with a key that is not there, or open to others, or for a host that nobody knows', async () => {
    const home = await homeWith({ key: 'no key', '.ssh/known_hosts': '' });
    const there = (env: Readonly<Record<string, string>>) =>
      finding('ssh', { HOME: home, ...env }, 'ssh://git@build.invalid:2222/y.git');

    expect(await there({ GITYARD_SSH_KEY: '/nowhere/key' })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/is not there/),
    });
    await run('chmod', ['644', join(home, 'key')]);
    expect(await there({ GITYARD_SSH_KEY: join(home, 'key') })).toMatchObject({
      verdict: 'fail',
      remedy: expect.stringMatching(/chmod 600/),
    });
    expect(await there({})).toMatchObject({
      verdict: 'warn',
      remedy: expect.stringMatching(/^ssh-keyscan -p 2222 build\.invalid/),
    });
  });
});
