/** Makes a key for signing jobs. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { option } from '../../parameters.ts';
import { defaultSigningKey } from '../../start/signing-key.ts';
import { dim, good, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'key new',
  summary: 'make a key for signing jobs',
  details:
    'In the format of OpenSSH (Ed25519), so that ssh-keygen can put a passphrase on it (ssh-keygen -p). Whoever lets your jobs run ' +
    'needs the line that is printed. To change to a new key: make it with --out, let the agents trust it, sign with it, then revoke the old one.',
  example: 'gityard key new --comment ada@example.org',
  parameters: {
    out: option('file', 'where it goes; else GITYARD_HOME where that is set, else beside your settings'),
    comment: option('text', 'whose it is; else your name on this machine'),
  },
  run: async (context, { out, comment = userInfo().username }) => {
    const { cwd, env } = context.io;
    const path = out === undefined ? defaultSigningKey(env) : resolve(cwd, out);
    if (await isThere(path)) throw usageError(`${path} is there already`, 'name another file with --out');
    const { lineOfKey, newPrivateKey, signerLine } = await import('@gityard/agent');
    const key = newPrivateKey(comment);
    const publicKey = lineOfKey(key.public, comment);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, key.text, { mode: 0o600, flag: 'wx' });
    await writeFile(`${path}.pub`, `${publicKey}\n`);
    const allowedSigners = signerLine({ key: key.public, principal: comment, validBeforeMs: null });
    const { fingerprint } = key.public;
    return answer({ path, publicKey, fingerprint, allowedSigners }, () => [
      line(good('made '), path, dim(`  ${fingerprint}`)),
      ['for the file allowed_signers of every agent that is to run your jobs:'],
      [`  ${allowedSigners}`],
      line(dim('or there: '), `gityard key trust '${publicKey}'`),
    ]);
  },
});

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
