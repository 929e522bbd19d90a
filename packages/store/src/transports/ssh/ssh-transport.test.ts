import { access, appendFile, chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@gityard/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { bareRepository, declinePushes, git, pushByHand, run, temporaryFolder } from '../../git.fixture.ts';
import { commit, landed, push, REF } from '../contract/kit.ts';
import { type TransportWorld, transportContract } from '../contract.ts';
import { openTransport } from '../list.ts';
import { type Sshd, startSshd } from './sshd.fixture.ts';

// What git does when nobody hears its answer is the same here as over HTTP, and told by that one's specs.
const without = ['loseNextReply'] as const;
describe.each([
  { server: 'sshd, which takes protocol 2', acceptsProtocol: true, filter: false },
  { server: 'sshd as Debian sets it up, which speaks protocol 0', acceptsProtocol: false, filter: true },
])('$server', ({ server, acceptsProtocol, filter }) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let sshd: Sshd;
  beforeAll(async () => {
    folder = await temporaryFolder();
    sshd = await startSshd(folder.path, { acceptsProtocol });
    // One login for all of them: how each operation logs in by itself is told below.
    await keepConnection(sshd, folder.path);
  });
  afterAll(async () => {
    await endConnection(sshd);
    await sshd.close();
    await folder.remove();
  });
  transportContract(server, () => makeWorld(sshd, { filter }), { without });
});

async function makeWorld(sshd: Sshd, options: { filter: boolean }): Promise<TransportWorld> {
  const folder = await temporaryFolder();
  const path = await bareRepository(folder.path, options);
  return {
    connect: () => openTransport(sshd.urlOf(path), { sshKey: sshd.key, env: environmentFor(sshd) }),
    pushByHand: (ref, file, text) => pushByHand(path, ref, { [file]: text }),
    decline: (text) => declinePushes(path, text),
    close: folder.remove,
  };
}

/** As a user's settings may have it: the first process logs in, and those after it go through its connection. */
async function keepConnection({ clientConfig }: Sshd, folder: string): Promise<void> {
  const shared = [`ControlPath ${folder}/master`, 'ControlMaster auto', 'ControlPersist 600'];
  await appendFile(clientConfig, `Host *\n ${shared.join('\n ')}\n`);
}

const endConnection = ({ clientConfig, port, user }: Sshd) =>
  run('ssh', ['-F', clientConfig, '-O', 'exit', '-p', `${port}`, `${user}@127.0.0.1`]);

const environmentFor = ({ clientConfig }: Sshd): NodeJS.ProcessEnv => ({
  ...process.env,
  GIT_SSH_COMMAND: `ssh -F '${clientConfig}'`,
  GIT_CONFIG_GLOBAL: '/dev/null',
});

describe('the ssh transport', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let path: string;
  let sshd: Sshd;
  beforeEach(async () => {
    ({ path: folder, remove } = await temporaryFolder());
    path = await bareRepository(folder);
    sshd = await startSshd(folder, { acceptsProtocol: true });
  });
  afterEach(async () => {
    await sshd.close();
    await remove();
  });
  const open = (address = sshd.urlOf(path), more: Parameters<typeof openTransport>[1] = {}) =>
    openTransport(address, { sshKey: sshd.key, env: environmentFor(sshd), ...more });

  it('starts one process for each operation', async () => {
    const transport = open();
    const base = await landed(transport, commit({ 'a.json': '1' }));
    await transport.readRefs(['refs/']);
    await transport.fetchRef({ ref: REF, have: [] });
    await push(transport, commit({ 'a.json': '2' }, base));

    expect(sshd.logins()).toBe(4);
  });

  it('finds the host, the port and the key where the user’s own settings name them', async () => {
    await appendFile(
      sshd.clientConfig,
      `Host yard-host\n HostName 127.0.0.1\n Port ${sshd.port}\n IdentityFile ${sshd.key}\n`,
    );

    const refs = await open(`${sshd.user}@yard-host:${path}`, { sshKey: undefined }).readRefs(['refs/']);

    expect(refs).toEqual(new Map());
  });

  it('takes the command from core.sshCommand, like Git', async () => {
    const config = join(folder, 'gitconfig');
    await writeFile(config, `[core]\n\tsshCommand = ssh -F ${sshd.clientConfig} -i "\\"${sshd.key}\\""\n`);
    const env = { ...process.env, GIT_CONFIG_GLOBAL: config };

    await expect(open(sshd.urlOf(path), { sshKey: undefined, env }).readRefs(['refs/'])).resolves.toEqual(new Map());
  });

  it('uses a connection that the user keeps open', async () => {
    await keepConnection(sshd, folder);
    const transport = open();
    await landed(transport, commit({ 'a.json': '1' }));
    await transport.readRefs(['refs/']);
    await transport.fetchRef({ ref: REF, have: [] });

    expect(sshd.logins()).toBe(1);
    await endConnection(sshd);
  });

  it('reaches a repository whose path needs quotes, and changes nothing else', async () => {
    const odd = join(folder, "it's; touch x && $(touch y)!");
    await mkdir(odd);
    await git(['init', '--quiet', '--bare', '.'], { cwd: odd });

    await landed(open(`${sshd.user}@127.0.0.1:${odd}`, { env: portIn(environmentFor(sshd)) }), commit({ a: '1' }));

    expect(await git(['for-each-ref', '--format=%(refname)'], { cwd: odd })).toBe(REF);
  });
  const portIn = (env: NodeJS.ProcessEnv) => ({ ...env, GIT_SSH_COMMAND: `${env.GIT_SSH_COMMAND} -p ${sshd.port}` });

  it('says that a repository is not there', async () => {
    await expect(open(sshd.urlOf('/nowhere.git')).readRefs(['refs/'])).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringContaining('not found or no access'),
    });
  });

  it('says that the key is not let in', async () => {
    const stranger = join(folder, 'stranger');
    await copyFile(join(folder, 'host'), stranger);
    await chmod(stranger, 0o600);

    await expect(open(undefined, { sshKey: stranger }).readRefs(['refs/'])).rejects.toMatchObject({
      code: 'DENIED',
      hint: expect.stringContaining('GITYARD_SSH_KEY'),
    });
  });

  it('does not talk to a host whose key is another than the one that is known', async () => {
    const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIE1vcmUgdGhhbiBhIGtleSBpdCBpcyBhIGxpZSBub3c=';
    await writeFile(join(folder, 'known_hosts'), `[127.0.0.1]:${sshd.port} ssh-ed25519 ${key}\n`);

    await expect(open().readRefs(['refs/'])).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringContaining('host key'),
    });
    expect(sshd.logins()).toBe(0);
  });

  it('knows that nothing was sent when nobody listens', async () => {
    await sshd.close();

    await expect(push(open(), commit({ 'a.json': '1' }))).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      mayHaveLanded: false,
    });
  });

  it('says what is missing when there is no ssh', async () => {
    const env = { ...environmentFor(sshd), GIT_SSH_COMMAND: join(folder, 'no-ssh') };

    await expect(open(undefined, { env }).readRefs(['refs/'])).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      hint: expect.stringContaining('install ssh'),
    });
  });

  it('calls a push unclear that was called off after it had been sent', async () => {
    const began = join(folder, 'began');
    const hook = join(path, 'hooks', 'pre-receive');
    await writeFile(hook, `#!/bin/sh\ntouch ${began}\nwhile [ -e ${began} ]; do sleep 0.1; done\n`);
    await chmod(hook, 0o755);
    const { snapshot, objects } = commit({ 'a.json': '1' });
    const caller = new AbortController();

    const updates = [{ ref: REF, expected: null, next: snapshot.commit }];
    const pushed = open().push({ updates, objects, signal: caller.signal });
    await waitFor(() => exists(began), { what: 'the push to reach the hook' });
    caller.abort();

    expect(await pushed).toMatchObject({ kind: 'unclear' });
    await rm(began);
  });

  it('ends ssh with all that it started when the time is over', async () => {
    const [program, child] = [join(folder, 'silent-ssh'), join(folder, 'child')];
    const helper = `(trap 'touch ${child}-gone; exit' TERM; touch ${child}; while [ -e ${child} ]; do sleep 0.1; done)`;
    await writeFile(program, `#!/bin/sh\n${helper} &\nwait\n`);
    await chmod(program, 0o755);
    const env = { ...environmentFor(sshd), GIT_SSH_COMMAND: program };
    const caller = new AbortController();

    const read = open(undefined, { env }).readRefs(['refs/'], caller.signal);
    await waitFor(() => exists(child), { what: 'the program to start its child' });
    caller.abort(new Error('called off'));

    await expect(read).rejects.toThrow('called off');
    await waitFor(() => exists(`${child}-gone`), { what: 'the child to be ended' });
  });

  it('gives up on a server that is silent', async () => {
    const program = join(folder, 'silent-ssh');
    await writeFile(program, '#!/bin/sh\nexec sleep 60\n');
    await chmod(program, 0o755);
    const env = { ...environmentFor(sshd), GIT_SSH_COMMAND: program };

    await expect(open(undefined, { env, totalMs: 50 }).readRefs(['refs/'])).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a server by ssh that is not Git', () => {
  it('is told from one that is', async () => {
    const { path: folder, remove } = await temporaryFolder();
    const sshd = await startSshd(folder, { acceptsProtocol: true, forcedCommand: 'echo "Welcome to this machine"' });
    const transport = openTransport(sshd.urlOf('/x.git'), { sshKey: sshd.key, env: environmentFor(sshd) });

    await expect(transport.readRefs(['refs/'])).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      hint: expect.stringContaining('login scripts'),
    });
    await sshd.close();
    await remove();
  });

  it('says what a host says that refuses', async () => {
    const { path: folder, remove } = await temporaryFolder();
    const refusal = 'echo "ERROR: Permission to team/yard.git denied to deploy key." >&2; exit 1';
    const sshd = await startSshd(folder, { acceptsProtocol: true, forcedCommand: refusal });
    const transport = openTransport(sshd.urlOf('/x.git'), { sshKey: sshd.key, env: environmentFor(sshd) });

    await expect(push(transport, commit({ 'a.json': '1' }))).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('denied to deploy key'),
      mayHaveLanded: false,
    });
    await sshd.close();
    await remove();
  });
});
