/** Planted in the transport: a branch that is not seen does not exist, and what does not exist is begun. */
import type { Transport } from '@gityard/store';
import { createYard, DEFAULT_REFS } from '@gityard/yard';
import type { Life } from '../life.ts';
import { over } from './over.ts';

export const pruneOnFetch = (inner: Transport, { ports, machine }: Life): Transport =>
  over(inner, {
    fetchRef: async (request) => {
      const fetched = await inner.fetchRef(request);
      if (fetched.head !== null || request.ref !== DEFAULT_REFS.state) return fetched;
      await createYard({ address: inner, actor: machine.name, ports });
      return inner.fetchRef(request);
    },
  });
