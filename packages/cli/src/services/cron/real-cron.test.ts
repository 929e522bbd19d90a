/**
 * The real cron, with crontabs of its own: folders that it reads are empty ones in a namespace of mounts that only it sees. It looks
 * once a minute, so that this file waits long and does little.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '@gityard/testing';
import { isAlive } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

const missing = process.getuid?.() === 0 && existsSync('/usr/sbin/cron') ? '' : 'needs root, and cron';

const TWO_TICKS_MS = 240_000;
const JOINED = /joined|registered/g;

/** Its own crontabs, and no job of this machine. Then cron itself; what it starts is killed with it, by their session. */
const ALONE = `
set -e
for at in /var/spool/cron/crontabs /etc/cron.d /run; do mount -t tmpfs none "$at"; done
chgrp crontab /var/spool/cron/crontabs; chmod 1730 /var/spool/cron/crontabs
: >"$HOME/no-crontab"; mount --bind "$HOME/no-crontab" /etc/crontab
echo ready
exec cron -f
`;

describe.skipIf(missing)(`agents kept by the real cron${missing ? `: ${missing}` : ''}`, () => {
  let world: World;
  let cron: ChildProcess;
  const env = (): Record<string, string> => ({ HOME: world.folder, PATH: process.env.PATH ?? '' });
  beforeAll(async () => {
    world = await makeWorld();
    cron = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', ALONE], {
      env: env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => cron.stdout?.once('data', resolve));
  });
  afterAll(async () => {
    cron.kill('SIGKILL');
    for (const id of ['one', 'two']) {
      const pid = await pidOf(id);
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
    await world.remove();
  });

  /** The program among those mounts, so that its crontab is the one that this cron reads. */
  async function inside(...words: string[]): Promise<string> {
    const namespace = ['--mount', '--target', String(cron.pid)];
    const { stdout } = await promisify(execFile)('nsenter', [...namespace, ...words], {
      env: env(),
      cwd: world.folder,
    });
    return stdout;
  }
  const gityard = (...words: string[]): Promise<string> => inside(process.execPath, PROGRAM, ...words);
  const install = (id: string, ...words: string[]): Promise<string> =>
    gityard('agent', 'install', '--with', 'cron', '--scope', 'user', '--yard', world.yard, '--id', id, ...words);
  const home = (id: string): string => join(world.folder, '.local', 'state', 'gityard', 'agents', id);
  const pidOf = async (id: string): Promise<number> =>
    Number(await readFile(join(home(id), 'agent.pid'), 'utf8').catch(() => '0'));
  const runs = (id: string, not = 0): Promise<number> =>
    waitFor(
      async () => {
        const pid = await pidOf(id);
        return pid !== not && isAlive(pid) && pid;
      },
      { what: `agent ${id} runs`, timeoutMs: TWO_TICKS_MS },
    );
  /** Each daemon that was ever begun tells of it, and each that was refused. */
  const told = async (id: string, pattern: RegExp): Promise<number> =>
    (await readFile(join(home(id), 'agent.log'), 'utf8').catch(() => '')).match(pattern)?.length ?? 0;

  it('come up at its next tick, two on one machine, each once; one that is killed comes back; none after uninstall', async () => {
    await mkdir(join(world.folder, '.config', 'gityard'), { recursive: true });
    await writeFile(join(world.folder, 'theirs'), '7 7 7 7 7 somebody else’s\n');
    await inside('crontab', join(world.folder, 'theirs'));
    await install('one');
    await install('two', '--slots', '2');
    expect(await install('two', '--slots', '2')).toContain('nothing to do');

    const [one, two] = await Promise.all([runs('one'), runs('two')]);
    await waitFor(async () => (await told('one', JOINED)) + (await told('two', JOINED)) === 2, {
      what: 'both have joined',
    });
    expect(await world.json(['agent', 'show', 'two'])).toMatchObject({ slots: 2 });

    process.kill(one, 'SIGKILL');
    const again = await runs('one', one);
    expect(again).not.toBe(one);
    // That tick found the other one running, and so did none of those before it.
    expect(await pidOf('two')).toBe(two);
    expect(await told('two', /another agent/g)).toBe(0);
    expect(await told('two', JOINED)).toBe(1);

    await gityard('agent', 'uninstall', '--scope', 'user', '--id', 'one');
    await gityard('agent', 'uninstall', '--scope', 'user', '--id', 'two');
    await waitFor(() => !isAlive(again) && !isAlive(two), { what: 'both have finished' });
    expect(await inside('crontab', '-l')).toBe('7 7 7 7 7 somebody else’s\n');
    expect(existsSync(join(world.folder, '.config', 'gityard', 'services'))).toBe(false);
  });
});
