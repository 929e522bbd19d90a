/**
 * What the agents of a site share: one key. All that is public of the site (its name, hence its lock) and all that is secret
 * (what seals its letters) is derived from it by HKDF (RFC 5869), so the key itself is never written or sent anywhere.
 */
import { hkdfSync } from 'node:crypto';

export interface Site {
  readonly name: string;
  readonly secret: Uint8Array;
}

const SECRET_BYTES = 32;
const NAME_BYTES = 5;

export function siteOf(key: string): Site {
  const derive = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', key, '', purpose, length));
  return {
    name: derive('gityard relay: name of the site', NAME_BYTES).toString('hex'),
    secret: derive('gityard relay: letters', SECRET_BYTES),
  };
}

/** Whoever holds this lock of the yard commits for the site. */
export const lockOf = ({ name }: Site): string => `relay-${name}`;
