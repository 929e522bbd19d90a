/**
 * The key with which this machine signs tokens for the API, one for each yard, made when it is first needed. It never leaves
 * the machine: what another one signed is not good here.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../errors.ts';
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
  const privateKey = privateKeyIn((await read(path)) ?? (await made(path)), path);
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { id: `SHA256:${createHash('sha256').update(spki).digest('base64url')}`, publicKey, privateKey };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two programs may begin at once: the first one's file counts. */
async function made(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFile(path, 'utf8');
  }
}

function privateKeyIn(pem: string, path: string): KeyObject {
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
