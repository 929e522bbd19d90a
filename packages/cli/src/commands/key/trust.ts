/** Whose signed jobs may run on this machine: names a key, or takes it back for good. Changes its own files, never the yard. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PublicKey } from '@gityard/agent';
import { answer, defineCommand } from '../../command.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, option } from '../../parameters.ts';
import { makeFolder } from '../../start/make-folder.ts';
import { homePath } from '../../start/user-config.ts';
import { dim, good, line } from '../../text/lines.ts';

export const trust = defineCommand({
  name: 'key trust',
  summary: 'let jobs run that a key has signed',
  details:
    'Kept in allowed_signers under GITYARD_HOME, in the format of OpenSSH; /etc/gityard/allowed_signers wins over it. ' +
    'That nothing else runs, gityard agent allow --signatures required says.',
  example: 'gityard key trust ada.pub --principal ada@example.org --valid-before 2027-01-01',
  parameters: {
    key: argument('key', 'a public key, or a file with one'),
    principal: option('name', 'whose it is; else its comment'),
    validBefore: option('time', 'until when it counts; else for good'),
  },
  run: async (context, { key: word, principal, validBefore }) => {
    const { signerLine, trustKey } = await import('@gityard/agent');
    const home = homePath(context.io.env);
    const key = await publicKey(word, context.io.cwd);
    const named = principal ?? (key.comment || key.fingerprint);
    const trusted = { key, principal: named, validBeforeMs: readTime(validBefore) };
    await makeFolder(home);
    const path = await trustKey({ home }, trusted);
    const { fingerprint } = key;
    return answer({ path, principal: named, fingerprint, line: signerLine(trusted) }, () => [
      line(good('trusted '), `${named}  ${fingerprint}`, dim(`  ${path}`)),
    ]);
  },
});

export const revoke = defineCommand({
  name: 'key revoke',
  summary: 'let no job run any more that a key has signed',
  details:
    'Kept in revoked_keys under GITYARD_HOME; that of /etc/gityard counts as well. A daemon that runs takes it up within seconds.',
  example: 'gityard key revoke ada@example.org',
  parameters: { key: argument('key', 'a public key or a file with one, a fingerprint, or whose it is') },
  run: async (context, { key: word }) => {
    const { fingerprintMeant, revokeKey } = await import('@gityard/agent');
    const places = { home: homePath(context.io.env) };
    const found = await publicKey(word, context.io.cwd).catch(() => undefined);
    const whole = /^SHA256:[A-Za-z0-9+/]{43}$/.test(word) ? word : undefined;
    const fingerprint = found?.fingerprint ?? whole ?? (await fingerprintMeant(places, word));
    await makeFolder(places.home);
    const isNew = await revokeKey(places, fingerprint);
    return answer({ fingerprint, revoked: true, changed: isNew }, () => [
      line(good('revoked '), fingerprint, dim(isNew ? '' : '  (it was already)')),
    ]);
  },
});

async function publicKey(word: string, cwd: string): Promise<PublicKey> {
  const { publicKeyFrom } = await import('@gityard/agent');
  if (/^\S+\s+\S/.test(word)) return publicKeyFrom(word);
  const path = resolve(cwd, word);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new CliError('NOT_FOUND', `${word} is no public key and no file with one`, {
      hint: 'name a file like key.pub',
    });
  if (text.includes('PRIVATE KEY')) throw usageError(`${word} is the private key`, `name ${word}.pub`);
  return publicKeyFrom(text);
}

function readTime(word: string | undefined): number | null {
  if (word === undefined) return null;
  const ms = Date.parse(word);
  if (Number.isNaN(ms))
    throw usageError(`--valid-before ${word} is no time`, 'write it like 2027-01-01 or 2027-01-01T12:00:00Z');
  if (ms <= Date.now())
    throw usageError(
      `--valid-before ${word} is past: nothing that the key signs would run`,
      'name a time to come; gityard key revoke takes a key back',
    );
  return ms;
}
