/** The sort of artifacts that a word means. A word that means none is a mistake, not an empty list. */
import { ALL_TYPES, ARTIFACT_TYPES, artifactTypeNamed } from '@gityard/domain';
import { usageError } from '../errors.ts';

export function wantedType(word: string | undefined): string {
  const type = word === undefined ? ALL_TYPES : artifactTypeNamed(word);
  if (type !== undefined) return type;
  throw usageError(`${word} is no sort of artifacts`, `choose one of ${ARTIFACT_TYPES.join(', ')}, ${ALL_TYPES}`);
}
