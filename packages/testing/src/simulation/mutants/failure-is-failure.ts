/** Planted in the transport: no answer is an answer, and it says no. */
import { StoreError, type Transport } from '@gityard/store';
import { over } from './over.ts';

export const failureIsFailure = (inner: Transport): Transport =>
  over(inner, {
    push: async (request) => {
      const outcome = await inner.push(request);
      if (outcome.kind === 'answered') return outcome;
      throw new StoreError('REMOTE_UNREACHABLE', 'the push failed', { hint: 'look whether it did' });
    },
  });
