/**
 * Values as sealed bytes: nobody without the key of the site can read, write or change one (AES-256-GCM, a random nonce for
 * each). What a letter is about is sealed with it, so that an answer fits its question and nothing else.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function seal(secret: Uint8Array, { about, value }: { about: string; value: unknown }): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, secret, nonce).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** Undefined: it was not sealed with this key, for this purpose. */
export function unseal(
  secret: Uint8Array,
  { about, bytes }: { about: string; bytes: Uint8Array },
): { readonly value: unknown } | undefined {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return { value: JSON.parse(Buffer.concat([body, decipher.final()]).toString()) };
  } catch {
    // A wrong key, a changed byte and a letter for something else look the same, and are to be told alike.
    return undefined;
  }
}

/** Names one letter: what its answer is about. */
export const nameOf = (letter: Uint8Array): string => Buffer.from(letter.subarray(0, NONCE_BYTES)).toString('hex');

export const QUESTION = 'question';
export const answerTo = (letter: Uint8Array): string => `answer to ${nameOf(letter)}`;
