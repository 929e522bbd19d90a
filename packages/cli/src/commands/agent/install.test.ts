import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const YARD = 'https://git.example.com/yard.git';
const install = (...words: string[]) => world.run(['agent', 'install', '--yard', YARD, '--dry-run', ...words]);
interface Told {
  readonly steps: readonly {
    readonly path?: string;
    readonly content?: string;
    readonly command?: readonly string[];
  }[];
}

describe('agent install', () => {
  it.each(['systemd', 'launchd'])('with %s tells every file and command, and touches nothing', async (kind) => {
    const before = await readdir(world.folder);
    const { stdout, code } = await install(
      '--with',
      kind,
      '--scope',
      'user',
      '--id',
      'Build1',
      '--labels',
      'a b,c',
      '--json',
    );

    const told = JSON.parse(stdout) as Told;
    expect(code).toBe(0);
    expect(told).toMatchObject({
      agent: 'build1',
      with: kind,
      scope: 'user',
      dryRun: true,
      changed: true,
      intervalSeconds: 60,
    });
    const contents = told.steps.map((it) => it.content ?? '').join('');
    for (const word of ['build1', YARD, '--labels', 'a b,c']) expect(contents).toContain(word);
    expect(told.steps.filter((it) => it.command).length).toBeGreaterThan(1);
    expect(await readdir(world.folder)).toEqual(before);
  });

  it('prints for people what would stand where', async () => {
    const { stdout } = await install('--with', 'systemd', '--scope', 'user', '--id', 'build1', '--interval', '17');

    expect(stdout).toContain(`file ${world.folder}/.config/systemd/user/gityard-agent-build1.service (mode 644)`);
    expect(stdout).toContain('    RestartSec=17\n');
    expect(stdout).toContain('$ systemctl --user enable gityard-agent-build1.service\n');
    expect(stdout).toContain('nothing was touched; systemd would keep agent build1 going');
  });

  it.each([
    [
      '{"sandbox": "chroot"}',
      'nothing will be built: there is no sandbox "chroot"; in policy.json, "sandbox" is one of',
    ],
    ['{"sandbox": "none"}', 'nothing will be built: the policy wishes for no sandbox'],
    ['{"sandbox": "none", "unsandboxed": true}', null],
    ['{"sandbocks": "none"}', 'policy.json: there is no setting "sandbocks", did you mean sandbox?'],
  ])('with the policy %s says what keeps it from building: %j', async (policy, note) => {
    const home = join(world.folder, 'home-of-build1');
    await mkdir(home);
    await writeFile(join(home, 'policy.json'), policy);
    const { stdout } = await install('--with', 'systemd', '--scope', 'user', '--home', home);
    await rm(home, { recursive: true });

    expect(stdout.includes('nothing will be built')).toBe(note !== null);
    expect(stdout).toContain(note ?? 'nothing was touched');
  });

  it.skipIf(existsSync('/run/systemd/system'))('writes nothing for a systemd that is not there', async () => {
    const before = await readdir(world.folder);

    const { code, stderr } = await world.run([
      'agent',
      'install',
      '--yard',
      YARD,
      '--with',
      'systemd',
      '--scope',
      'user',
    ]);

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('systemd did not start this machine'),
    });
    expect(await readdir(world.folder)).toEqual(before);
  });

  it('lets no password into a file that others can read', async () => {
    const inAddress = await world.run([
      'agent',
      'install',
      '--yard',
      'https://ada:s3cret@git.example.com/y.git',
      '--dry-run',
    ]);
    expect(inAddress).toMatchObject({ code: 2, stdout: '' });
    expect(inAddress.stderr).not.toContain('s3cret');

    const token = join(world.folder, 'token');
    await writeFile(token, 's3cret');
    await chmod(token, 0o644);
    expect((await install('--token-file', token)).stderr).toContain(`chmod 600 ${token}`);
    await chmod(token, 0o600);
    const { stdout } = await install('--token-file', 'token', '--scope', 'user', '--with', 'systemd');
    expect(stdout).toContain(`Environment="GITYARD_TOKEN_FILE=${token}"`);
    expect(stdout).not.toContain('s3cret');
  });

  it.each([
    ['--interval', '30', '--with', 'cron'],
    ['--interval', '0'],
    ['--user', 'nobody-of-this-name'],
    ['--user', '$(id)'],
    ['--user', 'root', '--scope', 'user', '--id', '../../etc'],
    ['--id', 'a/b'],
    ['--labels', 'a\nExecStartPre=/bin/evil'],
    ['--home', '/x\ny'],
    ['--token-file', '/nowhere'],
    ['--with', 'upstart'],
  ])('refuses %j %j as a wrong use', async (...words) => {
    expect(await install(...words)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('agent uninstall', () => {
  it('says where it looked for what was not installed', async () => {
    const { code, stderr } = await world.run(['agent', 'uninstall', '--scope', 'user', '--id', 'build9']);

    expect(code).toBe(3);
    expect(stderr).toContain(join(world.folder, '.config', 'gityard', 'services', 'build9.json'));
  });
});
