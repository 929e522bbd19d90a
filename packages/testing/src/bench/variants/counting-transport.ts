/** A transport that also counts the pushes that did not become the head. Whoever uses it notices nothing. */
import { openTransport, type PushOutcome, type Transport } from '@gityard/store';

export interface CountingTransport extends Transport {
  readonly lostPushes: number;
}

export function openCountingTransport(url: string): CountingTransport {
  const inner = openTransport(url);
  let lostPushes = 0;

  return {
    name: inner.name,
    readRefs: (prefixes, signal) => inner.readRefs(prefixes, signal),
    fetchRef: (request) => inner.fetchRef(request),
    async push(request) {
      const outcome = await inner.push(request);
      if (!isLanded(outcome)) lostPushes += 1;
      return outcome;
    },
    close: () => inner.close(),
    get lostPushes() {
      return lostPushes;
    },
  };
}

function isLanded(outcome: PushOutcome): boolean {
  return outcome.kind === 'answered' && [...outcome.refs.values()].every(({ ok }) => ok);
}
