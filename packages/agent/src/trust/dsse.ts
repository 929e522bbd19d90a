/**
 * DSSE: a signed envelope around a payload and its type, as in-toto and Sigstore use it. The type is signed with the payload, so
 * that bytes of one kind cannot be taken for another.
 */
import { sign, verify } from 'node:crypto';
import type { Envelope } from '@gityard/domain';
import type { PrivateKey } from './private-key.ts';
import type { PublicKey } from './public-key.ts';

export function sealed(payloadType: string, payload: string, key: PrivateKey): Envelope {
  const bytes = Buffer.from(payload);
  const sig = sign(null, encoded(payloadType, bytes), key.key).toString('base64');
  return { payloadType, payload: bytes.toString('base64'), signatures: [{ keyid: key.public.fingerprint, sig }] };
}

/** The payload, where one of its signatures is by that key; otherwise undefined. */
export function opened({ payloadType, payload, signatures }: Envelope, { key }: PublicKey): string | undefined {
  const bytes = Buffer.from(payload, 'base64');
  const message = encoded(payloadType, bytes);
  const isGood = signatures.some(({ sig }) => verify(null, message, key, Buffer.from(sig, 'base64')));
  return isGood ? bytes.toString('utf8') : undefined;
}

/** The pre-authentication encoding: lengths before contents, so that nothing can be moved from one to the other. */
function encoded(payloadType: string, payload: Buffer): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}
