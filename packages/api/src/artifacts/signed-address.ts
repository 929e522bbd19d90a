/**
 * Addresses on this server that are good for a while for whoever has them: the path and the moment of their end, signed with the
 * server's key. Says nothing of what lies there.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** @param expiresAt seconds since 1970 */
export function signAddress(key: Uint8Array, { path, expiresAt }: { path: string; expiresAt: number }): string {
  return `${path}?${new URLSearchParams({ expires: String(expiresAt), signature: signatureOf(key, path, expiresAt) })}`;
}

export const isSigned = (address: string): boolean => queryOf(address).has('signature');

export function isGoodAddress(key: Uint8Array, address: string, nowMs: number): boolean {
  const query = queryOf(address);
  const expires = query.get('expires') ?? '';
  if (!/^\d{1,12}$/.test(expires)) return false;
  const wanted = Buffer.from(signatureOf(key, address.split('?', 1)[0] ?? '', Number(expires)));
  const given = Buffer.from(query.get('signature') ?? '');
  // In constant time, and before the time is looked at: a wrong address does not say why it is wrong.
  const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
  return isOurs && nowMs < Number(expires) * 1000;
}

/** A line for each part, so that none can be moved into another. */
const signatureOf = (key: Uint8Array, path: string, expiresAt: number): string =>
  createHmac('sha256', key).update(`gityard-address-v1\n${expiresAt}\n${path}`).digest('base64url');

const queryOf = (address: string): URLSearchParams => new URLSearchParams(address.split('?').slice(1).join('?'));
