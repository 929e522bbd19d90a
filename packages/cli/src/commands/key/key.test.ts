/** Trust through the real program: keys, signed jobs, the policy of a machine, and where artifacts come from. */
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
let project: string;
let made: { path: string; allowedSigners: string; fingerprint: string; publicKey: string };
beforeAll(async () => {
  world = await makeWorld();
  project = join(world.folder, 'project');
  await mkdir(project);
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: project });
  await writeFile(join(project, 'Makefile'), 'all:\n\techo built > "$$GITYARD_ARTIFACTS/app.txt"\n');
  await writeFile(join(project, 'yarn.lock'), '# yarn lockfile v1\n\nleft@^1.0.0:\n  version "1.0.0"\n');
  await git(['add', '--all'], { cwd: project });
  await git(['commit', '--quiet', '--message', 'the program'], { cwd: project });
  made = await json('ada', 'key', 'new', '--comment', 'ada@example.org');
});
afterAll(() => world.remove());

const home = (name: string) => ({ env: { GITYARD_HOME: join(world.folder, name) } });
const run = (name: string, ...words: string[]) => world.run(words, home(name));
const agentOnce = (name: string) => world.spawn(['agent', 'run', '--once', '--agent', name], home(name));
const json = <T = Record<string, unknown>>(name: string, ...words: string[]) => world.json<T>(words, home(name));

/** At once, where none of them waits for another. */
const codes = async (...runs: Promise<{ code: number }>[]) => (await Promise.all(runs)).map((it) => it.code);

/** The exit code, and how each check ended. */
function results({ code, stdout }: { code: number; stdout: string }): [number, string] {
  const { checks } = JSON.parse(stdout) as { checks: { result: string }[] };
  return [code, checks.map((it) => it.result).join(' ')];
}

const PROVENANCE = /^built by build1 from \S+ at [0-9a-f]{40}, isolation \S+, bill of materials sha256 [0-9a-f]{64}$/;

describe('key', () => {
  it('makes a key that nobody else may read, once, and prints the line that lets it be trusted', async () => {
    expect(made.allowedSigners).toMatch(
      /^ada@example.org namespaces="gityard-job" ssh-ed25519 AAAA\S+ ada@example.org$/,
    );
    expect(made.path).toBe(join(world.folder, 'ada', 'signing-key'));
    expect((await stat(made.path)).mode & 0o777).toBe(0o600);
    expect(await readFile(`${made.path}.pub`, 'utf8')).toBe(`${made.publicKey}\n`);
    const [again, shown] = await Promise.all([run('ada', 'key', 'new'), json('ada', 'key', 'show')]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
    expect(shown).toMatchObject({
      signing: { path: made.path, fingerprint: made.fingerprint },
      agent: null,
      trusted: [],
    });
  });

  it('trusts a key until a time, and revokes it by its principal for good', async () => {
    const { fingerprint, path } = made;
    await run('safe', 'key', 'trust', `${path}.pub`, '--valid-before', '2030-01-01');
    await run('safe', 'key', 'trust', `${path}.pub`, '--valid-before', '2031-01-01');
    const trusted = { principal: 'ada@example.org', fingerprint, validBefore: '2031-01-01T00:00:00.000Z' };
    expect(await json('safe', 'key', 'show')).toMatchObject({
      trusted: [{ ...trusted, revoked: false, forJobs: true }],
    });

    expect(await json('safe', 'key', 'revoke', 'ada@example.org')).toEqual({
      fingerprint,
      revoked: true,
      changed: true,
    });
    const [again, shown] = await Promise.all([json('safe', 'key', 'revoke', fingerprint), json('safe', 'key', 'show')]);
    expect(again).toMatchObject({ changed: false });
    expect(shown).toMatchObject({ trusted: [{ revoked: true, forJobs: false }] });
    expect(
      await codes(
        run('safe', 'key', 'trust', path),
        run('safe', 'key', 'trust', `${path}.pub`, '--valid-before', '2020-01-01'),
        run('safe', 'key', 'trust', 'nobody.pub'),
        run('safe', 'key', 'revoke', 'nobody'),
        run('safe', 'key', 'trust', 'ssh-rsa AAAAB3NzaC1yc2E'),
      ),
    ).toEqual([2, 2, 3, 3, 6]);
  });
});

describe('a key whose time is over', () => {
  it('is told as expired, and not among those that may sign', async () => {
    await mkdir(join(world.folder, 'late'), { mode: 0o700 });
    const row = `ada namespaces="gityard-job",valid-before="20200101Z" ${made.publicKey}\n`;
    await writeFile(join(world.folder, 'late', 'allowed_signers'), row, { mode: 0o600 });

    const [shown, policy, words] = await Promise.all([
      json('late', 'key', 'show'),
      json('late', 'agent', 'policy'),
      run('late', 'agent', 'policy'),
    ]);

    expect(shown).toMatchObject({ trusted: [{ expired: true, forJobs: false }] });
    expect(policy).toMatchObject({ signers: [], expired: [made.fingerprint], limitsNow: { processes: 4096 } });
    expect(words.stdout).toContain('jobs may be signed by nobody');
    expect(words.stdout).toMatch(
      /limits cores=all, memory=[\d.]+GB by default, disk=[\d.]+GB by default, processes=4096 by default, time as/,
    );
  });
});

describe('agent policy', () => {
  it('shows every rule with where it comes from, and refuses a file that others may write', async () => {
    const repo = ['--repo', 'https://git.example/a', '--ref', 'main'];
    const limits = ['--limit', 'memory=4GB', '--limit', 'time=2h'];
    const rules = ['--ref', 'main', '--program', 'make', '--toolchain', 'npm,make', '--network', 'always', ...limits];
    await run('pol', 'agent', 'allow', 'https://git.example/*', ...rules);
    const { stdout } = await run('pol', 'agent', 'allow', '--secret', 'TOKEN', ...repo);
    const path = join(world.folder, 'pol', 'policy.json');

    expect(stdout).toContain('secret TOKEN for https://git.example/a on main');
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
    expect(await json('pol', 'agent', 'disallow', '--secret', 'TOKEN', '--network', 'always')).toMatchObject({
      secrets: [],
      network: 'restore',
    });

    const wrong = [
      run('pol', 'agent', 'allow', '--secret', 'TOKEN'),
      run('pol', 'agent', 'allow', '--limit', 'speed=9'),
      run('pol', 'agent', 'allow', '--sandbox', 'foo'),
    ];
    expect(await codes(...wrong)).toEqual([2, 2, 2]);
    await chmod(path, 0o666);
    const [shown, ran] = await Promise.all([run('pol', 'agent', 'policy'), agentOnce('pol')]);
    expect(shown).toMatchObject({ code: 7, stderr: expect.stringContaining(`chmod go-w ${path}`) });
    expect(ran.code).toBe(7);
  });
});

describe('job add --sign', () => {
  let id: string;
  let head: string;

  it('is built where only signed jobs are', async () => {
    const add = ['job', 'add', '--repo', project];
    await run('build1', 'agent', 'allow', project, '--signatures', 'required', '--unsandboxed');
    await run('build1', 'key', 'trust', made.publicKey);
    const unsigned = await json<{ id: string }>('build1', ...add, '--branch', 'main');
    expect(
      await codes(
        run('build1', ...add, '--sign'),
        run('build1', ...add, '--branch', 'none', '--signing-key', made.path),
      ),
    ).toEqual([2, 3]);
    ({ id } = await json<{ id: string }>('build1', ...add, '--branch', 'main', '--signing-key', made.path));

    expect(await agentOnce('build1')).toMatchObject({ code: 0 });
    expect(await json<object[]>('build1', 'job', 'list', '--status', 'queued')).toMatchObject([{ id: unsigned.id }]);
    head = (await git(['rev-parse', 'HEAD'], { cwd: project })).trim();
    expect(await json('build1', 'job', 'show', id)).toMatchObject({
      commit: head,
      signature: { key: made.fingerprint },
    });
  });

  it('makes what can be traced back to its source and builder', async () => {
    const [shown, verified, agent] = await Promise.all([
      json<{ result: { attestation: string } }>('build1', 'job', 'show', id),
      json('build1', 'artifact', 'verify', id),
      json<{ publicKey: string }>('build1', 'agent', 'show', 'build1'),
      json('build1', 'artifact', 'get', id, '--out', 'got'),
    ]);
    expect(verified).toMatchObject({
      ok: true,
      checks: [
        { name: 'digest', result: 'ok' },
        { name: 'signature', result: 'ok', text: expect.stringContaining('by build1, SHA256:') },
        { name: 'provenance', result: 'ok', text: expect.stringMatching(PROVENANCE) },
        { name: 'history', result: 'ok' },
      ],
    });
    const { attestation: told } = shown.result;
    const text = await git(['show', `yard:${told}`], { cwd: world.yard });
    const said = JSON.parse(text) as { envelope: { payload: string } };
    const [app, attestation] = [join(world.folder, 'got', 'app.txt'), join(world.folder, 'attestation.json')];
    await writeFile(attestation, text);
    const signers = join(world.folder, 'agents.txt');
    await writeFile(signers, `build1 ${agent.publicKey}\n`);
    const away = ['--attestation', attestation, '--signers', signers, '--yard', 'https://127.0.0.1:9/yard.git'];
    const verify = (...words: string[]) => run('build1', 'artifact', 'verify', ...words, '--json');

    const forged = Buffer.from(said.envelope.payload, 'base64').toString().replace(head, 'f'.repeat(40));
    const envelope = { ...said.envelope, payload: Buffer.from(forged).toString('base64') };
    await writeFile(join(world.folder, 'forged.json'), JSON.stringify({ ...said, envelope }));
    const found = await Promise.all([verify(app), verify(app, ...away), verify(id, '--attestation', 'forged.json')]);
    expect(found.map(results)).toEqual([
      [0, 'ok ok ok ok'],
      [0, 'ok ok ok unknown'],
      [1, 'ok failed unknown failed'],
    ]);

    await writeFile(app, 'other');
    await world.edit({ [told]: JSON.stringify({ ...said, envelope }) });
    const [other, changed, audit] = await Promise.all([
      run('build1', 'artifact', 'verify', app),
      verify(id),
      run('build1', 'audit'),
    ]);
    expect(other.code).toBe(3);
    expect(results(changed)).toEqual([1, 'ok failed unknown failed']);
    expect(audit).toMatchObject({ code: 1, stdout: expect.stringContaining('attestation-kept') });
  });
});
