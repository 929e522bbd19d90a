/** Planted in the transport: `git push --force`. Whatever is there is what was expected. */
import type { Transport } from '@gityard/store';
import { over } from './over.ts';

export const blindForce = (inner: Transport): Transport =>
  over(inner, {
    push: async ({ updates, ...request }) => {
      const refs = await inner.readRefs(updates.map((it) => it.ref));
      return inner.push({ ...request, updates: updates.map((it) => ({ ...it, expected: refs.get(it.ref) ?? null })) });
    },
  });
