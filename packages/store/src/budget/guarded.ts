/** A transport whose every request passes the gate first. What it adds is patience; answers and outcomes are the remote's. */
import type { PushOutcome, Transport } from '../transports/transport.ts';
import type { Gate } from './gate.ts';

export function guarded(transport: Transport, gate: Gate): Transport {
  async function through<T>(kind: 'look' | 'push', ask: () => Promise<T>): Promise<T> {
    const admission = gate.admit(kind);
    try {
      const answer = await ask();
      if (!isUnclear(answer)) gate.passed(admission);
      return answer;
    } catch (error) {
      throw gate.failed(admission, error);
    }
  }

  return {
    name: transport.name,
    can: transport.can,
    makesCommits: transport.makesCommits,
    get rateLimit() {
      return transport.rateLimit;
    },
    get aheadMs() {
      return transport.aheadMs;
    },
    readRefs: (prefixes, signal) => through('look', () => transport.readRefs(prefixes, signal)),
    fetchRef: (request) => through('look', () => transport.fetchRef(request)),
    push: (request) => through('push', () => transport.push(request)),
    close: () => transport.close(),
  };
}

function isUnclear(answer: unknown): boolean {
  return (answer as Partial<PushOutcome> | undefined)?.kind === 'unclear';
}
