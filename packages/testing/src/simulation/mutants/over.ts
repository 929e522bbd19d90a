/** A transport that does some things in a way of its own. A copy of the other's members, which are no own properties, would not do. */
import type { Transport } from '@gityard/store';

export const over = (inner: Transport, own: Partial<Transport>): Transport => ({
  name: inner.name,
  get aheadMs() {
    return inner.aheadMs;
  },
  readRefs: (prefixes, signal) => inner.readRefs(prefixes, signal),
  fetchRef: (request) => inner.fetchRef(request),
  push: (request) => inner.push(request),
  close: () => inner.close(),
  ...own,
});
