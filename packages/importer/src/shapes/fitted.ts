/**
 * An entity from what is known of it: its schema fills in the rest, so that a field that came later needs nothing here. Its id
 * it gets when all are known.
 */
import { type Entities, type Validated, validate } from '@gityard/domain';

type Fitting = 'agent' | 'lock' | 'job' | 'message';

/** Any name will do as long as it has none. */
const UNNAMED = 'unnamed';

export function fitted<K extends Fitting>(kind: K, value: Partial<Entities[K]>): Validated<Entities[K]> {
  const named = { ...value, ...(kind === 'lock' ? { name: UNNAMED } : { id: UNNAMED }) };
  return validate(kind, JSON.parse(JSON.stringify(named))) as Validated<Entities[K]>;
}
