/**
 * The real systemd, as the manager of one person: beside all that runs here, in a namespace of mounts in which it believes that
 * systemd started this machine. What it starts is a target of ours and the unit that is installed, and nothing of this machine.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '@gityard/testing';
import { isAlive } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

const SYSTEMD = ['/usr/lib/systemd/systemd', '/lib/systemd/systemd'].find((it) => existsSync(it));
const missing = process.getuid?.() === 0 && SYSTEMD ? '' : 'needs root, and systemd';

const ALONE = `
set -e
mount -t tmpfs none /run
mkdir -p /run/systemd/system "$XDG_RUNTIME_DIR"
exec "$@"
`;

describe.skipIf(missing)(`an agent kept by the real systemd${missing ? `: ${missing}` : ''}`, () => {
  let world: World;
  let systemd: ChildProcess;
  const units = (): string => join(world.folder, '.config', 'systemd', 'user');
  const env = (): Record<string, string> => ({
    HOME: world.folder,
    PATH: process.env.PATH ?? '',
    XDG_RUNTIME_DIR: join(world.folder, 'run'),
    SYSTEMD_UNIT_PATH: `${units()}:/usr/lib/systemd/user`,
  });
  beforeAll(async () => {
    world = await makeWorld();
    await mkdir(units(), { recursive: true });
    await writeFile(join(units(), 'default.target'), '[Unit]\nDescription=nothing\n');
    const words = [SYSTEMD ?? '', '--user', '--unit=default.target', '--log-target=null'];
    systemd = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', ALONE, 'sh', ...words], {
      env: env(),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await waitFor(async () => (await inside('systemctl', '--user', 'is-system-running')).trim() === 'running', {
      what: 'the manager runs',
    });
  });
  afterAll(async () => {
    // Nothing of a spec that failed may go on.
    await inside('systemctl', '--user', 'kill', '--signal=KILL', 'gityard-agent-build1').catch(() => undefined);
    systemd.kill('SIGKILL');
    await world.remove();
  });

  async function inside(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('nsenter', ['--mount', '--target', String(systemd.pid), ...words], {
      env: env(),
      cwd: world.folder,
    });
    return stdout;
  }
  const gityard = (...words: string[]): Promise<string> => inside(process.execPath, PROGRAM, ...words);
  const install = (...words: string[]): Promise<string> =>
    gityard('agent', 'install', '--scope', 'user', '--yard', world.yard, '--id', 'build1', '--interval', '1', ...words);
  async function shown(): Promise<Readonly<Record<string, string>>> {
    const names = 'ActiveState,SubState,MainPID,NRestarts,StatusText,WatchdogUSec,RestartUSec';
    const text = await inside('systemctl', '--user', 'show', 'gityard-agent-build1', `--property=${names}`);
    return Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((it) => it.split(/=(.*)/s).slice(0, 2)),
    );
  }
  const untilReady = (what: string, not?: string) =>
    waitFor(
      async () => {
        const unit = await shown();
        return unit.ActiveState === 'active' && unit.MainPID !== not && unit;
      },
      { what },
    );

  it('is ready once it beats, comes back when it was killed, and leaves nothing behind', async () => {
    await install();
    const first = await untilReady('it is ready');
    expect(first).toMatchObject({ SubState: 'running', NRestarts: '0', WatchdogUSec: '10min', RestartUSec: '1s' });
    expect(first.StatusText).toMatch(/^0 jobs run; /);
    expect((await world.json<{ heartbeat: unknown }>(['agent', 'show', 'build1'])).heartbeat).not.toBeNull();
    expect(await install()).toContain('nothing to do');

    process.kill(Number(first.MainPID), 'SIGKILL');
    const second = await untilReady('it came back', first.MainPID);
    expect(second.NRestarts).toBe('1');

    // Its own way to stop lets it finish: it ends by itself, and is not taken for one that failed.
    await gityard('agent', 'uninstall', '--scope', 'user', '--id', 'build1');
    expect(isAlive(Number(second.MainPID))).toBe(false);
    expect(await world.run(['agent', 'list'])).toMatchObject({ stdout: expect.stringContaining('build1') });
    expect(await readdir(units())).toEqual(['default.target']);
  });
});
