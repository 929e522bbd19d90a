import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, HOSTILE, serviceFacts } from '../facts.fixture.ts';
import type { ServiceFacts } from '../facts.ts';
import { systemd } from './systemd.ts';

const unitOf = (facts: ServiceFacts): string => contentOf(systemd.plan(facts).steps, '.service');
const linesOf = (unit: string, name: string): string[] => unit.split('\n').filter((it) => it.startsWith(`${name}=`));

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** What systemd itself says of the unit; empty: nothing. */
async function verified(unit: string, scope: 'system' | 'user' = 'system'): Promise<string> {
  const path = join(folder.path, 'gityard-agent-build1.service');
  await writeFile(path, unit);
  const words = ['verify', ...(scope === 'user' ? ['--user'] : []), '--man=no', '--recursive-errors=no', path];
  const env = { PATH: process.env.PATH, HOME: folder.path, XDG_RUNTIME_DIR: folder.path };
  const { stdout, stderr } = await promisify(execFile)('systemd-analyze', words, { env });
  return `${stdout}${stderr}`;
}

describe('the unit of an agent', () => {
  it('says nothing that systemd does not understand, for the machine and for one person', async () => {
    const program: ServiceFacts['program'] = [process.execPath, '/srv/main.js'];
    const system = serviceFacts({ program, tokenFile: '/etc/gityard/token', sshKey: '/etc/gityard/key' });
    const user = serviceFacts({ program, scope: 'user', user: 'ada', home: '/home/ada/a b', userHome: '/home/ada' });

    expect(await verified(unitOf(system))).toBe('');
    expect(await verified(unitOf(user), 'user')).toBe('');
  });

  it('gives the daemon every word as it was written, as systemd reads it', async () => {
    const odd = join(folder.path, '100% $HOME');
    await mkdir(odd);
    await writeFile(join(odd, 'node'), '');
    await chmod(join(odd, 'node'), 0o755);
    const unit = unitOf(
      serviceFacts({ program: [join(odd, 'node'), '/m.js'], flags: HOSTILE, path: HOSTILE.join(':') }),
    );

    expect(await verified(unit)).toBe('');
    expect(linesOf(unit, 'ExecStart')).toEqual([expect.stringContaining('/100%% $HOME/node" "/m.js"')]);
    expect(linesOf(unit, 'ExecStart')[0]).toContain('"$$HOME $${HOME} `id` $$(id)"');
  });

  it('is refused where systemd would not start it', () => {
    const quoted = serviceFacts({ program: ["/it's/node", '/m.js'] });
    expect(() => systemd.plan(quoted)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it('leaves builds their sandbox, and takes from the daemon what it does not need', async () => {
    const path = join(folder.path, 'gityard-agent-build2.service');
    await writeFile(path, unitOf(serviceFacts()));
    const words = ['security', '--offline=yes', '--json=short', path];
    const { stdout } = await promisify(execFile)('systemd-analyze', words);
    const exposed = new Map(
      (JSON.parse(stdout) as { json_field: string; set: boolean }[]).map((it) => [it.json_field, !it.set]),
    );

    for (const taken of [
      'NoNewPrivileges',
      'ProtectSystem',
      'ProtectHome',
      'PrivateTmp',
      'CapabilityBoundingSet_CAP_SYS_ADMIN',
    ])
      expect([taken, exposed.get(taken)]).toEqual([taken, false]);
    // bubblewrap needs them; that they are off is a decision, and no oversight.
    for (const left of [
      'RestrictNamespaces_user',
      'SystemCallFilter_mount',
      'PrivateDevices',
      'ProtectKernelTunables',
      'PrivateUsers',
    ])
      expect([left, exposed.get(left)]).toEqual([left, true]);
  });

  it('is stopped in three steps: what runs is finished, then given back, then killed', () => {
    const unit = unitOf(serviceFacts({ drainSeconds: 1800 }));

    expect(linesOf(unit, 'ExecStop')).toEqual([
      expect.stringMatching(/kill -TERM "\$\$MAINPID"; timeout 1800 tail --pid=/),
    ]);
    expect(linesOf(unit, 'TimeoutStopSec')).toEqual(['TimeoutStopSec=1860']);
    expect(linesOf(unit, 'KillMode')).toEqual(['KillMode=mixed']);
  });

  it('is started again as soon as was asked for, and watched', () => {
    const unit = unitOf(serviceFacts({ intervalSeconds: 17 }));

    expect(linesOf(unit, 'RestartSec')).toEqual(['RestartSec=17']);
    expect(linesOf(unit, 'Restart')).toEqual(['Restart=on-failure']);
    expect(linesOf(unit, 'Type')).toEqual(['Type=notify']);
    expect(linesOf(unit, 'WatchdogSec')).toHaveLength(1);
  });

  it('holds where secrets are, as credentials of the service, and never one of them', () => {
    const unit = unitOf(serviceFacts({ tokenFile: '/etc/gityard/100%', sshKey: '/etc/gityard/key' }));

    expect(linesOf(unit, 'LoadCredential')).toEqual([
      'LoadCredential=gityard-token:/etc/gityard/100%%',
      'LoadCredential=gityard-ssh-key:/etc/gityard/key',
    ]);
    expect(unit).not.toContain('GITYARD_TOKEN');
    expect(linesOf(unit, 'EnvironmentFile')).toEqual(['EnvironmentFile=-/etc/gityard/build1.env']);
  });

  it('may write where its home, its yard and its numbers are, and sees homes where something of it lies', () => {
    const written = unitOf(
      serviceFacts({ home: '/srv/a b', flags: ['--yard', '/srv/yard.git', '--metrics-file', '/srv/m/x.prom'] }),
    );
    expect(linesOf(written, 'ReadWritePaths')).toEqual(['ReadWritePaths="-/srv/a b" "-/srv/yard.git" "-/srv/m"']);
    expect(linesOf(written, 'StateDirectory')).toEqual([]);

    const homes = (facts: Partial<ServiceFacts>): string[] => linesOf(unitOf(serviceFacts(facts)), 'ProtectHome');
    expect(homes({})).toEqual(['ProtectHome=yes']);
    expect(homes({ program: ['/home/ada/.nvm/node', '/m.js'] })).toEqual(['ProtectHome=read-only']);
    expect(homes({ home: '/home/ada/agent' })).toEqual(['ProtectHome=no']);
  });

  it('is named by its agent, so that several live side by side', () => {
    const paths = ['a', 'a.b', 'a_b'].map((id) =>
      systemd.plan(serviceFacts({ id })).steps.flatMap((it) => (it.kind === 'file' ? [it.path] : [])),
    );

    expect(new Set(paths.flat()).size).toBe(paths.flat().length);
  });
});
