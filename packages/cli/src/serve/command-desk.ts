/** Does what a person asks for on the page, in this yard. */
import type { CommandDesk, CommandOutcome } from '@gityard/api';
import { newId, performWish, type Yard } from '@gityard/yard';
import { knownFailure } from './known-failure.ts';

export function commandDesk(yard: Yard, { onDone }: { onDone: () => void }): CommandDesk {
  return {
    prepare: (wish, { name: by, namespaces }, receipt) => {
      const id = receipt?.id ?? newId();
      return async (): Promise<CommandOutcome> => {
        try {
          const done = await performWish(yard, { wish, id, by, within: namespaces, ...(receipt && { receipt }) });
          if (!done.ok) return { state: 'refused', code: done.code, reason: done.reason };
          onDone();
          const { commit, id: job } = done;
          return { state: 'applied', commit, ...(job !== undefined && { id: job }) };
        } catch (error) {
          return knownFailure(error);
        }
      };
    },
  };
}
