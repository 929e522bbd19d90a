/** Trust through the real program: keys, signed jobs, the policy of a machine, and where artifacts come from. */
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
let project: string;
beforeAll(async () => {
  world = await makeWorld();
  project = join(world.folder, 'project');
  await mkdir(project);
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: project });
  await writeFile(join(project, 'Makefile'), 'all:\n\techo built > "$$GITYARD_ARTIFACTS/app.txt"\n');
  await writeFile(join(project, 'yarn.lock'), '# yarn lockfile v1\n\nleft@^1.0.0:\n  version "1.0.0"\n');
  await git(['add', '--all'], { cwd: project });
  await git(['commit', '--quiet', '--message', 'the program'], { cwd: project });
});
afterAll(() => world.remove());

const home = (name: string) => ({ env: { GITYARD_HOME: join(world.folder, name) } });
const run = (name: string, ...words: string[]) => world.run(words, home(name));
const json = <T = Record<string, unknown>>(name: string, ...words: string[]) => world.json<T>(words, home(name));

/** The exit code, and how each check ended. */
function results({ code, stdout }: { code: number; stdout: string }): [number, string] {
  const { checks } = JSON.parse(stdout) as { checks: { result: string }[] };
  return [code, checks.map((it) => it.result).join(' ')];
}

const PROVENANCE = /^built by build1 from \S+ at [0-9a-f]{40}, isolation \S+, bill of materials sha256 [0-9a-f]{64}$/;

describe('key', () => {
  it('makes a key that nobody else may read, once, and prints the line that lets it be trusted', async () => {
    const made = await json<{ path: string; allowedSigners: string; fingerprint: string; publicKey: string }>(
      'ada',
      'key',
      'new',
      '--comment',
      'ada@example.org',
    );

    expect(made.allowedSigners).toMatch(
      /^ada@example.org namespaces="gityard-job" ssh-ed25519 AAAA\S+ ada@example.org$/,
    );
    expect((await stat(made.path)).mode & 0o777).toBe(0o600);
    expect(await readFile(`${made.path}.pub`, 'utf8')).toBe(`${made.publicKey}\n`);
    expect(await run('ada', 'key', 'new')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already'),
    });
    expect(await json('ada', 'key', 'show')).toMatchObject({
      signing: { path: made.path, fingerprint: made.fingerprint },
      agent: null,
      trusted: [],
    });
  });

  it('trusts a key until a time, and revokes it by its principal for good', async () => {
    const { fingerprint } = await json<{ fingerprint: string }>(
      'eve',
      'key',
      'new',
      '--out',
      'eve.key',
      '--comment',
      'eve',
    );
    await run('safe', 'key', 'trust', join(world.folder, 'eve.key.pub'), '--valid-before', '2030-01-01');
    await run('safe', 'key', 'trust', join(world.folder, 'eve.key.pub'), '--valid-before', '2031-01-01');
    expect(await json('safe', 'key', 'show')).toMatchObject({
      trusted: [
        { principal: 'eve', fingerprint, validBefore: '2031-01-01T00:00:00.000Z', revoked: false, forJobs: true },
      ],
    });

    expect(await json('safe', 'key', 'revoke', 'eve')).toEqual({ fingerprint, revoked: true, changed: true });
    expect(await json('safe', 'key', 'revoke', fingerprint)).toMatchObject({ changed: false });
    expect(await json('safe', 'key', 'show')).toMatchObject({ trusted: [{ revoked: true, forJobs: false }] });
    expect((await run('safe', 'key', 'trust', join(world.folder, 'eve.key'))).code).toBe(2);
    expect((await run('safe', 'key', 'trust', 'nobody.pub')).code).toBe(3);
    expect((await run('safe', 'key', 'revoke', 'nobody')).code).toBe(3);
    expect((await run('safe', 'key', 'trust', 'ssh-rsa AAAAB3NzaC1yc2E')).code).toBe(6);
  });
});

describe('agent policy', () => {
  it('shows every rule with where it comes from, and refuses a file that others may write', async () => {
    const repo = ['--repo', 'https://git.example/a', '--ref', 'main'];
    await run('pol', 'agent', 'allow', 'https://git.example/*', '--ref', 'main', '--program', 'make');
    await run(
      'pol',
      'agent',
      'allow',
      '--toolchain',
      'npm,make',
      '--network',
      'always',
      '--limit',
      'memory=4GB',
      '--limit',
      'time=2h',
    );
    await run('pol', 'agent', 'allow', '--secret', 'TOKEN', ...repo);
    const path = join(world.folder, 'pol', 'policy.json');

    expect(await json('pol', 'agent', 'policy')).toMatchObject({
      path,
      policy: {
        repositories: ['https://git.example/*'],
        refs: ['main'],
        commands: ['make'],
        toolchains: ['make', 'npm'],
        network: 'always',
        limits: { memoryGB: 4, minutes: 120, cores: 0 },
        secrets: [{ name: 'TOKEN', repositories: ['https://git.example/a'], refs: ['main'] }],
      },
      sources: { refs: path, network: path, pools: 'default', unsandboxed: 'default' },
    });
    expect((await run('pol', 'agent', 'policy')).stdout).toContain('secret TOKEN for https://git.example/a on main');
    await run('pol', 'agent', 'disallow', '--secret', 'TOKEN', '--network', 'always');
    expect(await json('pol', 'agent', 'allow', '--list')).toMatchObject({ secrets: [], network: 'restore' });

    expect((await run('pol', 'agent', 'allow', '--secret', 'TOKEN')).code).toBe(2);
    expect((await run('pol', 'agent', 'allow', '--limit', 'speed=9')).code).toBe(2);
    await chmod(path, 0o666);
    expect(await run('pol', 'agent', 'policy')).toMatchObject({
      code: 7,
      stderr: expect.stringContaining(`chmod go-w ${path}`),
    });
    expect((await run('pol', 'agent', 'run', '--once', '--agent', 'pol')).code).toBe(7);
  });
});

describe('job add --sign', () => {
  it('is built where only signed jobs are, and what it made can be traced back to its source and builder', async () => {
    await run('build1', 'agent', 'allow', project, '--signatures', 'required', '--unsandboxed');
    const { publicKey: ours, path: key } = await json<Record<'publicKey' | 'path', string>>(
      'build1',
      'key',
      'new',
      '--out',
      'ours.key',
    );
    await run('build1', 'key', 'trust', ours);
    await run('build1', 'job', 'add', '--repo', project, '--branch', 'main');
    const once = () => run('build1', 'agent', 'run', '--once', '--agent', 'build1');
    expect(await once()).toMatchObject({ code: 1 });

    expect((await run('build1', 'job', 'add', '--repo', project, '--sign')).code).toBe(2);
    expect((await run('build1', 'job', 'add', '--repo', project, '--branch', 'none', '--sign')).code).toBe(3);
    const { id } = await json<{ id: string }>(
      'build1',
      'job',
      'add',
      '--repo',
      project,
      '--branch',
      'main',
      '--signing-key',
      key,
    );
    const head = (await git(['rev-parse', 'HEAD'], { cwd: project })).trim();
    expect(await json('build1', 'job', 'show', id)).toMatchObject({
      commit: head,
      signature: { key: expect.stringMatching(/^SHA256:/) },
    });
    expect(await once()).toMatchObject({ code: 0 });

    const { result } = await json<{ result: { attestation: string } }>('build1', 'job', 'show', id);
    const verified = await json<{ checks: object[] }>('build1', 'artifact', 'verify', id);
    expect(verified).toMatchObject({
      ok: true,
      checks: [
        { name: 'digest', result: 'ok' },
        { name: 'signature', result: 'ok', text: expect.stringContaining('by build1, SHA256:') },
        { name: 'provenance', result: 'ok', text: expect.stringMatching(PROVENANCE) },
        { name: 'history', result: 'ok' },
      ],
    });
    const clone = join(world.folder, 'clone');
    await git(['clone', '--quiet', '--branch', 'yard', world.yard, clone], { cwd: world.folder });
    const attestation = join(clone, result.attestation);
    await json('build1', 'artifact', 'get', id, '--out', 'got');
    const app = join(world.folder, 'got', 'app.txt');
    const { publicKey } = await json<{ publicKey: string }>('build1', 'agent', 'show', 'build1');
    const signers = join(world.folder, 'agents.txt');
    await writeFile(signers, `build1 ${publicKey}\n`);
    const away = ['--attestation', attestation, '--signers', signers, '--yard', 'https://127.0.0.1:9/yard.git'];

    expect(results(await run('build1', 'artifact', 'verify', app, '--json'))).toEqual([0, 'ok ok ok ok']);
    expect(results(await run('build1', 'artifact', 'verify', app, ...away, '--json'))).toEqual([0, 'ok ok ok unknown']);
    await writeFile(app, 'other');
    expect((await run('build1', 'artifact', 'verify', app)).code).toBe(3);

    const said = JSON.parse(await readFile(attestation, 'utf8')) as { envelope: { payload: string } };
    const forged = Buffer.from(said.envelope.payload, 'base64').toString().replace(head, 'f'.repeat(40));
    const envelope = { ...said.envelope, payload: Buffer.from(forged).toString('base64') };
    await writeFile(join(world.folder, 'forged.json'), JSON.stringify({ ...said, envelope }));
    expect(results(await run('build1', 'artifact', 'verify', id, '--attestation', 'forged.json', '--json'))).toEqual([
      1,
      'ok failed unknown failed',
    ]);
    await world.edit({ [result.attestation]: JSON.stringify({ ...said, envelope }) });
    expect(results(await run('build1', 'artifact', 'verify', id, '--json'))).toEqual([1, 'ok failed unknown failed']);
    expect(await run('build1', 'audit')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('attestation-kept'),
    });
  });
});
