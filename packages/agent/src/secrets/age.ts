/**
 * Sealing and opening as the program `age` does it: X25519, in armour. The identity of an agent never leaves its own folder;
 * what is published is the recipient, with which anybody can seal and nobody can open.
 */
import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPrivateFile } from './private-file.ts';
import { SecretError } from './source.ts';

export interface AgeIdentity {
  readonly identity: string;
  readonly recipient: string;
}

export const identityPath = (home: string): string => join(home, 'keys', 'age');

/** null: this home has none yet. */
export async function readAgeIdentity(home: string): Promise<AgeIdentity | null> {
  const path = identityPath(home);
  const bytes = await readPrivateFile(path);
  if (bytes === null) return null;
  const text = Buffer.from(bytes).toString('latin1');
  const identity = /^AGE-SECRET-KEY-1[0-9A-Z]{58}\r?$/m.exec(text)?.[0].trim();
  const written = /^# public key: (age1[0-9a-z]{58})\r?$/m.exec(text)?.[1];
  if (identity) return { identity, recipient: written ?? (await recipientOf(identity)) };
  throw new SecretError(
    `${path} holds no identity of age; put the right one there, or remove it to have a new one made`,
  );
}

/** Only where it does not stand beside it: loading the library costs a start more than all that it is needed for. */
async function recipientOf(identity: string): Promise<string> {
  const { identityToRecipient } = await import('age-encryption');
  return identityToRecipient(identity);
}

/** Made once, as `age-keygen` writes it, so that `age --decrypt -i` reads it as well. */
export async function ensureAgeIdentity(home: string): Promise<AgeIdentity> {
  const known = await readAgeIdentity(home);
  if (known) return known;
  const { generateX25519Identity } = await import('age-encryption');
  const identity = await generateX25519Identity();
  const recipient = await recipientOf(identity);
  await writeOnce(identityPath(home), `# public key: ${recipient}\n${identity}\n`);
  return (await readAgeIdentity(home)) ?? { identity, recipient };
}

/** Whole or not at all, and never over one that somebody else has made meanwhile. */
async function writeOnce(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flush: true });
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function seal(value: string | Uint8Array, recipients: readonly string[]): Promise<string> {
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of new Set(recipients)) encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(value));
}

/** null: it was not sealed for this identity, or is broken. */
export async function unseal(sealed: string, { identity }: AgeIdentity): Promise<Uint8Array | null> {
  const { armor, Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(armor.decode(sealed));
  } catch {
    // The library tells "no identity matched" and "wrong bytes" apart by words alone; for us both mean the same.
    return null;
  }
}
