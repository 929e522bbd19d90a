/** Every lock of the yard, those that nobody holds as well: with each of its holders and the whole line that waits. */
import { type Lock, lockFrom } from '@gityard/domain';
import type { Reading } from '../question.ts';
import { type Broken, valuesIn } from '../state-files.ts';

export interface LocksAnswer {
  readonly locks: readonly Lock[];
  readonly broken: readonly Broken[];
}

export async function locks(reading: Reading, { at }: { readonly at: string }): Promise<LocksAnswer> {
  const { values, broken } = await valuesIn(reading, { folder: 'shared/locks', at, validator: lockFrom });
  return { locks: values, broken };
}
