/** Planted in the way that a spool is worked off: what the server says 403 to is refused, and over. */
import { refuse } from '@gityard/domain';
import { StoreError } from '@gityard/store';
import type { Yard } from '@gityard/yard';

export function dropsOnDenial(yard: Yard): Yard {
  const performFor: Yard['performFor'] = async (from, operations, options) => {
    try {
      return await yard.performFor(from, operations, options);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'DENIED') throw error;
      return operations.map(() => refuse('CONFLICT', error.message));
    }
  };
  return Object.assign(Object.create(yard) as Yard, { performFor });
}
