/** `revoked_keys`: public keys, or their fingerprints, that count no more, whoever else names them. One on each line. */
import type { PublicKey } from './public-key.ts';
import { publicKeyFrom } from './public-key.ts';
import { TrustError } from './trust-error.ts';

/** By fingerprint. */
export function readRevokedKeys(text: string, path: string): ReadonlySet<string> {
  const rows = text.split(/\r?\n/).map((row, index) => ({ row: row.trim(), line: index + 1 }));
  const told = rows.filter(({ row }) => row !== '' && !row.startsWith('#'));
  return new Set(told.map(({ row, line }) => fingerprintIn(row, `${path}, line ${line}`)));
}

/** A line that nobody understands may be the one that counts, so it is no line to pass over. */
function fingerprintIn(row: string, place: string): string {
  const [word = ''] = row.split(/\s+/);
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(word)) return word;
  try {
    return publicKeyFrom(row).fingerprint;
  } catch (cause) {
    const hint = 'write a public key or its fingerprint (SHA256:…) on each line';
    throw new TrustError('INVALID_DATA', `${place} revokes nothing: ${(cause as Error).message}`, { hint, cause });
  }
}

export const isRevoked = (revoked: ReadonlySet<string>, { fingerprint }: Pick<PublicKey, 'fingerprint'>): boolean =>
  revoked.has(fingerprint);
