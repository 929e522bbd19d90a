/** A public key as OpenSSH writes it on one line. Only Ed25519: one kind, of one length, that is checked in this process. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { TrustError } from './trust-error.ts';
import { WireReader, wireString } from './wire.ts';

export const ED25519 = 'ssh-ed25519';
const KEY_BYTES = 32;

export interface PublicKey {
  /** As on its line, in bytes: the same key is the same bytes. */
  readonly blob: Buffer;
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly fingerprint: string;
  readonly comment: string;
  readonly key: KeyObject;
}

/** `ssh-ed25519 AAAA… comment`. */
export function publicKeyFrom(line: string): PublicKey {
  const [type = '', base64 = '', ...comment] = line.trim().split(/\s+/);
  if (type !== ED25519) throw unknownType(type);
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) throw new TrustError('INVALID_DATA', 'the public key is no base64');
  return { ...publicKeyOf(Buffer.from(base64, 'base64')), comment: comment.join(' ') };
}

export function publicKeyOf(blob: Buffer): PublicKey {
  const reader = new WireReader(blob, 'the public key');
  const type = reader.text();
  if (type !== ED25519) throw unknownType(type);
  const point = reader.string();
  reader.end();
  if (point.length !== KEY_BYTES) throw reader.broken(`has ${point.length} bytes instead of ${KEY_BYTES}`);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }, format: 'jwk' });
  return { blob, fingerprint: fingerprintOf(blob), comment: '', key };
}

export const blobOf = (point: Uint8Array): Buffer => Buffer.concat([wireString(ED25519), wireString(point)]);

export const lineOfKey = ({ blob }: Pick<PublicKey, 'blob'>, comment = ''): string =>
  [ED25519, blob.toString('base64'), ...(comment === '' ? [] : [comment])].join(' ');

const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

function unknownType(type: string): TrustError {
  const shown = /^[\w@.-]{1,60}$/.test(type) ? type : 'something else';
  return new TrustError('SIGNATURE', `the key is ${shown}; only ${ED25519} is used`, {
    hint: type.startsWith('sk-')
      ? 'keys on a security token are not supported; make one with gityard key new'
      : 'make one with gityard key new',
  });
}
