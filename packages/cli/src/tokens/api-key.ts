/**
 * The key with which this machine signs tokens for the API, one for each yard, made when it is first needed. It never leaves
 * the machine: what another one signed is not good here.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { keyFile } from '../key-file.ts';
import { homePath } from '../start/user-config.ts';

export interface ApiKey {
  /** Fingerprint of its public half. */
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export async function apiKey(env: NodeJS.ProcessEnv, audience: string): Promise<ApiKey> {
  const path = join(
    homePath(env),
    'api-keys',
    `${createHash('sha256').update(audience).digest('hex').slice(0, 32)}.pem`,
  );
  const privateKey = privateKeyIn(await keyFile(path, newKey), path);
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { id: `SHA256:${createHash('sha256').update(spki).digest('base64url')}`, publicKey, privateKey };
}

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function privateKeyIn(pem: Buffer, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: what OpenSSL says of it helps nobody.
  }
  throw new CliError('INVALID_DATA', `${path} holds no Ed25519 key`, {
    hint: 'remove it: a new one is made, and tokens have to be issued anew',
  });
}
