/** Every way in which a token is no good, or is made to look as if it were. Each is well formed but for the one thing it is named after. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

export interface Signing {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly audience: string;
  /** Of a token that was taken back. */
  readonly revoked: string;
}

interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly sub?: string | undefined;
  readonly jti?: string | undefined;
  readonly iat?: number;
  readonly nbf?: number | undefined;
  readonly exp?: number | undefined;
  readonly role?: unknown;
}

/** By what is wrong with it. */
export async function badTokens(signing: Signing): Promise<Readonly<Record<string, string>>> {
  const { keyId, publicKey, privateKey, audience, revoked } = signing;
  const now = Math.floor(Date.now() / 1000);
  const good: Claims = {
    ...{ iss: 'gityard', aud: audience, sub: 'ci', jti: 't1', role: 'Admin' },
    ...{ iat: now, nbf: now, exp: now + 3600 },
  };
  const header = { alg: 'EdDSA', typ: 'JWT', kid: keyId };
  const sign = (claims: Claims, its: object = {}, key: KeyObject | Uint8Array = privateKey) =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader({ ...header, ...its }).sign(key, { crit: { exotic: true } });
  const [head = '', payload = '', signature = ''] = (await sign({})).split('.');
  const written = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const asSecret = (bytes: string | Buffer): Uint8Array => new Uint8Array(Buffer.from(bytes));

  return {
    revoked: await sign({ jti: revoked }),
    expired: await sign({ iat: now - 7200, nbf: now - 7200, exp: now - 3600 }),
    'not good yet': await sign({ nbf: now + 3600, exp: now + 7200 }),
    'for ever': await sign({ exp: undefined }),
    'without a beginning': await sign({ nbf: undefined }),
    'too long': await sign({ exp: now + 91 * 86_400 }),
    'of another yard': await sign({ aud: 'other' }),
    'of another issuer': await sign({ iss: 'somebody' }),
    'of another key': await sign({}, {}, stranger),
    'of an unknown kid': await sign({}, { kid: 'SHA256:other' }),
    'of no kid': await sign({}, { kid: undefined }),
    'of an unknown crit': await sign({}, { crit: ['exotic'], exotic: 1 }),
    'of no role of ours': await sign({ role: 'Root' }),
    'of many roles': await sign({ role: ['Admin'] }),
    'of nobody': await sign({ sub: undefined }),
    'of no id': await sign({ jti: undefined }),
    'RS256, of a key of its own': await sign({}, { alg: 'RS256' }, rsa),
    'HS256, with the public key as its secret': await sign(
      ...([{}, { alg: 'HS256' }, asSecret(publicKey.export({ type: 'spki', format: 'pem' }))] as const),
    ),
    'HS256, with the bytes of the public key': await sign(
      ...([{}, { alg: 'HS256' }, asSecret(publicKey.export({ type: 'spki', format: 'der' }))] as const),
    ),
    'alg none': `${written({ ...header, alg: 'none' })}.${payload}.`,
    'alg NONE, with the signature': `${written({ ...header, alg: 'NONE' })}.${payload}.${signature}`,
    'without its signature': `${head}.${payload}.`,
    'with another payload': `${head}.${written({ ...good, sub: 'root' })}.${signature}`,
    'no token at all': 'x',
  };
}
