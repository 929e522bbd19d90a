/**
 * Under which key an artifact lies in a store, and whether it is packed there: both follow from the manifest alone, so whoever
 * has the manifest and the store finds it. Texts are packed; what is packed already gains nothing by it.
 */
import type { Artifact, Manifest } from '@gityard/domain';

/** Less is not worth the time of whoever unpacks it. */
const PACKED_FROM_BYTES = 1024;
const TEXTS = /^(?:text\/|application\/(?:json|xml|javascript)(?:;|$))/;

export interface PlacedKey {
  readonly key: string;
  readonly isPacked: boolean;
}

export const prefixOf = ({ job, token }: Pick<Manifest, 'job' | 'token'>): string => `${job}/${token}`;

export function placedKey(
  prefix: string,
  { path, contentType, sizeBytes }: Pick<Artifact, 'path' | 'contentType' | 'sizeBytes'>,
  all: readonly Pick<Artifact, 'path'>[],
): PlacedKey {
  const packed = `${path}.gz`;
  const isPacked = sizeBytes >= PACKED_FROM_BYTES && TEXTS.test(contentType) && !all.some((it) => it.path === packed);
  return { key: `${prefix}/${isPacked ? packed : path}`, isPacked };
}
