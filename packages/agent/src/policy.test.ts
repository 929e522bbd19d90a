import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerProblem } from './home/owned-file.ts';
import { allow, disallow } from './policy/change-policy.ts';
import { NOTHING_ALLOWED, policyStamp, readPolicy, readPolicySource } from './policy.ts';

describe('policy', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());
  const policyFile = () => join(folder.path, 'policy.json');

  it('allows nothing where nobody has allowed anything', async () => {
    expect(await readPolicy(folder.path)).toEqual(NOTHING_ALLOWED);
    expect(NOTHING_ALLOWED).toMatchObject({ repositories: [], commands: false, secrets: [], unsandboxed: false });
  });

  it('keeps what was allowed before when more is allowed, each address once', async () => {
    await allow(folder.path, { repositories: ['https://b.example/x', 'https://a.example/*'] });
    await allow(folder.path, { repositories: ['https://b.example/x'], commands: true });

    const policy = await readPolicy(folder.path);

    expect(policy).toMatchObject({ repositories: ['https://a.example/*', 'https://b.example/x'], commands: true });
  });

  it('is written with what differs from the defaults, for its owner alone', async () => {
    await allow(folder.path, { repositories: ['https://a.example/x'], limits: { memoryGB: 4 } });

    expect(JSON.parse(await readFile(policyFile(), 'utf8'))).toEqual({
      repositories: ['https://a.example/x'],
      limits: { memoryGB: 4 },
    });
    expect((await stat(policyFile())).mode & 0o777).toBe(0o600);
  });

  it('lets the owner name what builds may see of the environment, and scripts that a message may ask for', async () => {
    await allow(folder.path, { environment: ['NPM_CONFIG_USERCONFIG', 'ACME_*'], scripts: ['a.sh', 'b.sh'] });
    await disallow(folder.path, { environment: ['ACME_*'], scripts: ['a.sh'] });

    expect(await readPolicy(folder.path)).toMatchObject({ environment: ['NPM_CONFIG_USERCONFIG'], scripts: ['b.sh'] });
  });

  it('takes one branch or toolchain that is named for the only one, until another is', async () => {
    await allow(folder.path, { refs: ['main'], toolchains: ['npm'] });
    expect(await readPolicy(folder.path)).toMatchObject({ refs: ['main'], toolchains: ['npm'] });

    await allow(folder.path, { refs: ['release/*'] });
    await disallow(folder.path, { refs: ['main'], toolchains: ['npm'] });
    expect(await readPolicy(folder.path)).toMatchObject({ refs: ['release/*'], toolchains: [] });
  });

  it('gives a secret by a rule, and takes it back by its name', async () => {
    const rule = { name: 'TOKEN', repositories: ['https://a.example/x'], refs: ['main'] };
    await allow(folder.path, { secrets: [rule, { ...rule, refs: ['release'] }] });
    await allow(folder.path, { secrets: [rule] });
    expect((await readPolicy(folder.path)).secrets).toHaveLength(2);

    await disallow(folder.path, { secrets: [{ ...rule, refs: ['release'] }] });
    expect((await readPolicy(folder.path)).secrets).toEqual([rule]);
    await disallow(folder.path, { secrets: [{ name: 'TOKEN', repositories: [], refs: [] }] });
    expect((await readPolicy(folder.path)).secrets).toEqual([]);
  });

  it('takes back exactly what it is told to', async () => {
    await allow(folder.path, { repositories: ['https://a.example/x', 'https://b.example/x'], commands: true });

    await disallow(folder.path, { repositories: ['https://a.example/x'] });
    expect(await readPolicy(folder.path)).toMatchObject({ repositories: ['https://b.example/x'], commands: true });
    await disallow(folder.path, { commands: true });
    expect(await readPolicy(folder.path)).toMatchObject({ repositories: ['https://b.example/x'], commands: false });
    await allow(folder.path, { programs: ['make', 'npm'], network: 'always', signatures: 'required' });
    await disallow(folder.path, { programs: ['npm'], network: 'never' });
    expect(await readPolicy(folder.path)).toMatchObject({
      commands: ['make'],
      network: 'restore',
      signatures: 'required',
    });
  });

  it.each([
    ['{', 'is not JSON'],
    ['[]x', 'is not JSON'],
    ['[]', 'it must be an object'],
    ['null', 'it must be an object'],
    ['{"repositories": "all"}', 'repositories must be a list'],
    ['{"commands": "yes"}', 'commands must be true or false or a list'],
    ['{"repositories": [7]}', 'repositories.0 must be a text'],
    ['{"network": "sometimes"}', 'network must be one of'],
    ['{"repositores": []}', 'did you mean repositories?'],
    ['{"secrets": [{"name": "A", "ref": ["main"]}]}', 'there is no setting "secrets.0.ref", did you mean refs?'],
    ['{"secrets": [{"name": "a"}]}', 'secrets.0.name must be capital letters'],
    ['{"limits": {"memory": 4}}', 'there is no setting "limits.memory"'],
  ])('refuses to guess what %s means', async (text, told) => {
    await writeFile(policyFile(), text, { mode: 0o600 });

    await expect(readPolicy(folder.path)).rejects.toMatchObject({
      code: 'INVALID_DATA',
      message: expect.stringContaining(told),
    });
  });

  it('leaves a policy of a newer program alone', async () => {
    await writeFile(policyFile(), '{"schemaVersion": 2, "everything": true}', { mode: 0o600 });

    await expect(readPolicy(folder.path)).rejects.toMatchObject({ code: 'NEWER_SCHEMA' });
  });

  it('counts for nothing where others may write it, or where it is a link, and says what to do', async () => {
    await allow(folder.path, { commands: true });
    await chmod(policyFile(), 0o666);
    await expect(readPolicy(folder.path)).rejects.toThrow(`may be written by others; chmod go-w ${policyFile()}`);

    const other = join(folder.path, 'other');
    await mkdir(other);
    await symlink(policyFile(), join(other, 'policy.json'));
    await expect(readPolicy(other)).rejects.toThrow('is a link');
  });

  it.each([
    ['a stranger', { uid: 1234 }, 'home', 'belongs to user 1234, who is not the owner of this agent; chown 1000 /p'],
    ['the system from a user', { uid: 1000 }, 'system', 'chown 0 /p'],
    ['a group', { mode: 0o100664 }, 'home', 'chmod go-w /p'],
    ['a folder', { isFile: false }, 'home', 'is no plain file'],
    ['one without end', { size: 2_000_000 }, 'home', 'larger'],
  ] as const)('takes no policy of %s', (_, looks, place, told) => {
    const fine = { isFile: true, mode: 0o100644, uid: 0, size: 10 };

    expect(ownerProblem(fine, { path: '/p', place, uid: 1000 })).toBeNull();
    expect(ownerProblem({ ...fine, ...looks }, { path: '/p', place, uid: 1000 })).toContain(told);
  });

  it('obeys the file of the machine before that of the agent, which then cannot be changed by a command', async () => {
    const system = join(folder.path, 'etc');
    await mkdir(system);
    await allow(folder.path, { commands: true });
    await writeFile(join(system, 'policy.json'), '{"repositories": ["/srv/a"]}', { mode: 0o644 });
    const own = process.getuid?.() === 0;

    const read = readPolicySource(folder.path, system);
    if (own) expect(await read).toMatchObject({ policy: { commands: false }, path: join(system, 'policy.json') });
    else await expect(read).rejects.toThrow(`chown 0 ${join(system, 'policy.json')}`);
    await expect(allow(folder.path, { commands: true }, system)).rejects.toMatchObject({
      code: own ? 'DENIED' : 'INVALID_DATA',
    });
  });

  it('bears another stamp after each change, also of whose signatures count', async () => {
    const stamps = [await policyStamp(folder.path)];
    await allow(folder.path, { commands: true });
    stamps.push(await policyStamp(folder.path));
    await allow(folder.path, { repositories: ['https://a.example/x'] });
    stamps.push(await policyStamp(folder.path));
    await writeFile(join(folder.path, 'allowed_signers'), '');
    stamps.push(await policyStamp(folder.path));

    expect(new Set(stamps).size).toBe(4);
  });
});
