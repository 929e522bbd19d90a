/** Does what a person asks for on the page, in this yard. */
import type { CommandDesk, CommandOutcome } from '@gityard/api';
import { refuseOutside } from '@gityard/domain';
import { newId, performWish, type Yard } from '@gityard/yard';
import { knownFailure } from './known-failure.ts';

export function commandDesk(yard: Yard, { onDone }: { onDone: () => void }): CommandDesk {
  return {
    prepare: (wish, { name: by, namespaces }, receipt) => {
      const id = receipt?.id ?? newId();
      return async (): Promise<CommandOutcome> => {
        try {
          const outside = refuseOutside(yard.state, wish, namespaces);
          if (outside) return { state: 'refused', code: outside.code, reason: outside.reason };
          const done = await performWish(yard, { wish, id, by, ...(receipt && { receipt }) });
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
