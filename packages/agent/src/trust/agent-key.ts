/**
 * The key by which an agent is known: made at its first start, never leaves its folder, and out of reach of every build. With it
 * the agent signs where artifacts come from; its public half stands in the yard.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeDurably } from '@gityard/yard';
import { checkMode, newPrivateKey, type PrivateKey, privateKeyFrom } from './private-key.ts';
import { lineOfKey } from './public-key.ts';
import { TrustError } from './trust-error.ts';

export const agentKeyPath = (home: string): string => join(home, 'keys', 'agent');

/** Only whoever holds the lock of the folder may make one. */
export async function ownKey(home: string, id: string): Promise<PrivateKey> {
  const path = agentKeyPath(home);
  const known = await readPrivateKey(path);
  if (known !== undefined) return known;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const made = newPrivateKey(id);
  await writeDurably(path, made.text);
  await writeDurably(`${path}.pub`, `${lineOfKey(made.public, id)}\n`);
  return made;
}

/** Undefined where there is none; one under a passphrase is no key of a daemon, which nobody could tell it to. */
export async function readPrivateKey(path: string): Promise<PrivateKey | undefined> {
  const text = await readKeyFile(path);
  if (text === undefined) return undefined;
  const key = privateKeyFrom(text, path);
  if (key) return key;
  throw new TrustError('INVALID_DATA', `${path} is under a passphrase`, {
    hint: `ssh-keygen -p -f ${path} takes it away`,
  });
}

/** Checked and read as one: what others may read is no secret. */
export async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      checkMode(path, (await file.stat()).mode);
      return await readFile(file, 'utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
