/**
 * A private key in the format of OpenSSH, read and written in this process. One under a passphrase is left to ssh-keygen, which
 * can ask for it or knows an agent: what it is under, this program never learns.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { shellWord } from '@gityard/domain';
import { blobOf, ED25519, type PublicKey, publicKeyOf } from './public-key.ts';
import { TrustError } from './trust-error.ts';
import { armoured, unarmoured, WireReader, wireNumber, wireString } from './wire.ts';

const LABEL = 'OPENSSH PRIVATE KEY';
const MAGIC = 'openssh-key-v1\0';
const BLOCK_BYTES = 8;
const SEED_BYTES = 32;

export interface PrivateKey {
  readonly public: PublicKey;
  readonly key: KeyObject;
}

/** Undefined where it lies under a passphrase. */
export function privateKeyFrom(text: string, what: string): PrivateKey | undefined {
  const reader = new WireReader(unarmoured(text, LABEL, what), what);
  if (reader.take(MAGIC.length).toString('latin1') !== MAGIC) throw reader.broken('is no private key of OpenSSH');
  const cipher = reader.text();
  reader.string();
  reader.string();
  if (reader.number() !== 1) throw reader.broken('holds more than one key');
  const own = publicKeyOf(reader.string());
  if (cipher !== 'none') return undefined;
  return { public: own, key: secretPart(new WireReader(reader.string(), what), own) };
}

function secretPart(reader: WireReader, own: PublicKey): KeyObject {
  const [check, again] = [reader.number(), reader.number()];
  if (check !== again) throw reader.broken('is damaged');
  if (reader.text() !== ED25519) throw reader.broken(`is no ${ED25519} key`);
  const point = reader.string();
  const seed = reader.string().subarray(0, SEED_BYTES);
  if (seed.length !== SEED_BYTES || !blobOf(point).equals(own.blob))
    throw reader.broken('does not fit its public part');
  return keyOfSeed(seed, point);
}

const keyOfSeed = (seed: Buffer, point: Buffer): KeyObject => {
  const [d, x] = [seed, point].map((it) => it.toString('base64url'));
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
};

export interface NewKey extends PrivateKey {
  /** For its file. */
  readonly text: string;
}

export function newPrivateKey(comment: string): NewKey {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  const own = { ...publicKeyOf(blobOf(point)), comment };
  return { public: own, key: keyOfSeed(seed, point), text: written(seed, point, comment) };
}

function written(seed: Buffer, point: Buffer, comment: string): string {
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    wireString(ED25519),
    wireString(point),
    wireString(Buffer.concat([seed, point])),
    wireString(comment),
  ]);
  const missing = (BLOCK_BYTES - (secret.length % BLOCK_BYTES)) % BLOCK_BYTES;
  const padding = Buffer.from(Array.from({ length: missing }, (_, at) => at + 1));
  const parts = [
    MAGIC,
    wireString('none'),
    wireString('none'),
    wireString(''),
    wireNumber(1),
    wireString(blobOf(point)),
  ];
  const bytes = Buffer.concat([...parts.map((it) => Buffer.from(it)), wireString(Buffer.concat([secret, padding]))]);
  return armoured(bytes, LABEL);
}

/** Whoever may read it may sign in its name. */
export function checkMode(path: string, mode: number): void {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  throw new TrustError('INVALID_DATA', `others may read the private key ${path}`, {
    hint: `chmod 600 ${shellWord(path)}`,
  });
}
