/**
 * Links to objects of a store that signs none by itself (a folder): good for one object until one moment, for whoever has them.
 * Both directions are pure; who serves them and where the secret is from is for others to know.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type LinkSigner = (key: string, expiresSeconds: number) => string;

const DOWNLOAD = '/api/v1/artifacts/download';

/** @param base the address under which the links are served, without a slash at its end; nothing = relative to the server */
export function signLink(
  secret: Uint8Array,
  { key, expiresAt, base = '' }: { key: string; expiresAt: number; base?: string },
): string {
  const query = new URLSearchParams({
    key,
    expires: String(expiresAt),
    signature: signatureOf(secret, key, expiresAt),
  });
  return `${base}${DOWNLOAD}?${query}`;
}

/** The key that the link is for; null: it was not signed with this secret, or its time is over. */
export function verifyLink(secret: Uint8Array, query: URLSearchParams, now: number): string | null {
  const [key, expires, signature] = ['key', 'expires', 'signature'].map((name) => query.get(name));
  if (!key || !signature || !/^\d{1,15}$/.test(expires ?? '')) return null;
  const wanted = Buffer.from(signatureOf(secret, key, Number(expires)));
  const given = Buffer.from(signature);
  // Compared in constant time, and before the time is looked at: a wrong link does not say why it is wrong.
  const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
  return isOurs && now < Number(expires) * 1000 ? key : null;
}

/** Seconds since 1970. A line for each part, so that none can be moved into another. */
const signatureOf = (secret: Uint8Array, key: string, expiresAt: number): string =>
  createHmac('sha256', secret).update(`gityard-link-v1\n${expiresAt}\n${key}`).digest('base64url');
