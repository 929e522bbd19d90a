import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { principalOf, readAllowedSigners } from './allowed-signers.ts';
import { newPrivateKey, type PrivateKey, privateKeyFrom } from './private-key.ts';
import { lineOfKey, publicKeyFrom } from './public-key.ts';
import { readRevokedKeys } from './revoked-keys.ts';
import { JOB_NAMESPACE, signerOf, signSsh } from './ssh-signature.ts';

const MESSAGE = Buffer.from('{"job":"01k9x"}');
let folder: TemporaryFolder;
let theirs: string;
let theirKey: PrivateKey;

/** The real ssh-keygen, with which everything here must agree. */
function sshKeygen(args: readonly string[], input?: Uint8Array): Promise<{ code: number; text: string }> {
  return new Promise((settle) => {
    const child = execFile('ssh-keygen', [...args], { cwd: folder.path }, (error, stdout, stderr) =>
      settle({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, text: stdout + stderr }),
    );
    // It may end before it has read everything.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

async function theirSignature(namespace = JOB_NAMESPACE): Promise<string> {
  const { text } = await sshKeygen(['-Y', 'sign', '-q', '-f', 'theirs', '-n', namespace], MESSAGE);
  return text;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  expect(await sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', 'ada@example', '-f', 'theirs'])).toMatchObject({
    code: 0,
  });
  theirs = await readFile(join(folder.path, 'theirs.pub'), 'utf8');
  theirKey = privateKeyFrom(await readFile(join(folder.path, 'theirs'), 'utf8'), 'theirs') as PrivateKey;
});
afterAll(() => folder.remove());

describe('ssh-signature', () => {
  it('reads a key of ssh-keygen, and names it by the fingerprint that ssh-keygen prints', async () => {
    const { text } = await sshKeygen(['-l', '-f', 'theirs.pub']);

    expect(text).toContain(publicKeyFrom(theirs).fingerprint);
    expect(theirKey.public.fingerprint).toBe(publicKeyFrom(theirs).fingerprint);
  });

  it('accepts what ssh-keygen signed, and knows whose key it was', async () => {
    const key = signerOf(MESSAGE, await theirSignature(), JOB_NAMESPACE);

    expect(lineOfKey(key, 'ada@example')).toBe(theirs.trim());
  });

  it('signs so that ssh-keygen accepts it, with a key that ssh-keygen can use', async () => {
    const key = newPrivateKey('build@example');
    await writeFile(join(folder.path, 'ours'), key.text);
    await chmod(join(folder.path, 'ours'), 0o600);
    await writeFile(join(folder.path, 'signers'), `ada namespaces="${JOB_NAMESPACE}" ${lineOfKey(key.public)}\n`);
    await writeFile(join(folder.path, 'ours.sig'), signSsh(MESSAGE, { namespace: JOB_NAMESPACE, key }));
    const check = ['-Y', 'verify', '-f', 'signers', '-I', 'ada', '-n', JOB_NAMESPACE, '-s', 'ours.sig'];

    expect(await sshKeygen(check, MESSAGE)).toMatchObject({ code: 0, text: expect.stringContaining('Good') });
    expect((await sshKeygen(check, Buffer.from('{"job":"01k9y"}'))).code).not.toBe(0);
    expect((await sshKeygen(['-y', '-f', 'ours'])).text.trim()).toBe(lineOfKey(key.public, 'build@example'));
  });

  it('refuses a changed byte, another namespace, and a signature with something behind it', async () => {
    const signature = await theirSignature();
    const longer = signature.replace(/=*\n-----END/, 'AAAA\n-----END');

    expect(() => signerOf(Buffer.from('{"job":"01k9y"}'), signature, JOB_NAMESPACE)).toThrow(
      'does not fit what was signed',
    );
    expect(() => signerOf(MESSAGE, longer, JOB_NAMESPACE)).toThrow('the signature');
    const file = await theirSignature('file');
    expect(() => signerOf(MESSAGE, file, JOB_NAMESPACE)).toThrow('is for "file", not for gityard-job');
  });

  it.each(['', 'garbage', '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n'])(
    'refuses %j as a signature, and does not fall over it',
    (text) => {
      expect(() => signerOf(MESSAGE, text, JOB_NAMESPACE)).toThrow(expect.objectContaining({ code: 'SIGNATURE' }));
    },
  );

  it('leaves a key under a passphrase to ssh-keygen', async () => {
    await sshKeygen(['-q', '-t', 'ed25519', '-N', 'a long passphrase', '-f', 'locked']);

    expect(privateKeyFrom(await readFile(join(folder.path, 'locked'), 'utf8'), 'locked')).toBeUndefined();
  });

  it.each([
    'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAA',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA',
    'ssh-ed25519 !!!',
  ])('takes no key like %s', (line) => {
    expect(() => publicKeyFrom(line)).toThrow();
  });
});

describe('allowed-signers', () => {
  const at = (time: string, namespace = JOB_NAMESPACE) => ({ namespace, atMs: Date.parse(time) });
  const who = (text: string, occasion = at('2026-06-01T00:00:00Z')) =>
    principalOf(readAllowedSigners(text), theirKey.public, occasion);

  it('knows whose a key is, for what and when', () => {
    const line = `ada@example namespaces="git,gityard-*",valid-after="20260101Z",valid-before="202607010000Z" ${theirs}`;

    expect(who(`# the team\n\n${line}`)).toEqual({ principal: 'ada@example' });
    expect(who(line, at('2025-12-31T23:59:59Z'))).toMatchObject({
      problem: expect.stringContaining('only from 2026-01-01'),
    });
    expect(who(line, at('2026-07-01T00:00:00Z'))).toMatchObject({ problem: expect.stringContaining('was good until') });
    expect(who(line, at('2026-06-01T00:00:00Z', 'file'))).toMatchObject({
      problem: expect.stringContaining('not good for file'),
    });
    expect(who(`"Ada L." ${theirs}`)).toEqual({ principal: 'Ada L.' });
    expect(who('')).toMatchObject({ problem: expect.stringContaining('none that this machine knows') });
  });

  it('agrees with ssh-keygen on whose a key is', async () => {
    await writeFile(join(folder.path, 'list'), `ada namespaces="${JOB_NAMESPACE}" ${theirs}`);
    await writeFile(join(folder.path, 'theirs.sig'), await theirSignature());
    const { text } = await sshKeygen(['-Y', 'find-principals', '-f', 'list', '-s', 'theirs.sig']);

    expect(who(await readFile(join(folder.path, 'list'), 'utf8'))).toEqual({ principal: text.trim() });
  });

  it('gives nobody a right by a line that cannot be read, and tells of each', () => {
    const garbage = [
      'ada',
      `ada cert-authority ${theirs.trim()}`,
      `ada valid-before="soon" ${theirs.trim()}`,
      `ada frobnicate ${theirs.trim()}`,
      'ada ssh-ed25519 \u0000\u0001',
      '\u0000\u00ff'.repeat(100),
      `${'a'.repeat(50_000)} ssh-ed25519 A`,
    ];
    const { signers, problems } = readAllowedSigners(garbage.join('\n'));

    expect(signers).toEqual([]);
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(problems[1]?.text).toContain('certificates are not supported');
  });

  it('passes over no line of the revoked keys that it does not understand', () => {
    const { fingerprint } = publicKeyFrom(theirs);

    expect(readRevokedKeys(`# lost laptop\n${theirs}`, 'revoked_keys')).toEqual(new Set([fingerprint]));
    expect(readRevokedKeys(`${fingerprint} lost`, 'revoked_keys')).toEqual(new Set([fingerprint]));
    expect(() => readRevokedKeys('\nfingerprint: x', 'revoked_keys')).toThrow('revoked_keys, line 2');
  });
});
