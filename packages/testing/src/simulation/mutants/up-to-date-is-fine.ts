/** Planted in the transport: "Everything up-to-date", says git push, and exits with 0. */
import type { Transport } from '@gityard/store';
import { over } from './over.ts';

export const upToDateIsFine = (inner: Transport): Transport =>
  over(inner, {
    push: async (request) => {
      const outcome = await inner.push(request);
      if (outcome.kind === 'unclear') return outcome;
      const refs = await inner.readRefs(request.updates.map((it) => it.ref));
      const isThere = request.updates.every(({ ref, next }) => refs.get(ref) === next);
      return isThere ? { ...outcome, refs: new Map(request.updates.map(({ ref }) => [ref, { ok: true }])) } : outcome;
    },
  });
