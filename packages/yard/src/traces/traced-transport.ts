/** A transport whose requests are parts of what they are made for. What nobody waits for, such as looks by the clock, is not told of. */
import type { FetchedRef, PushOutcome, Transport } from '@gityard/store';
import { type Facts, tracedInside } from '@gityard/telemetry';

export function tracedTransport(transport: Transport): Transport {
  const request = <Answer>(name: string, facts: Facts, ask: () => Promise<Answer>, learnt: (answer: Answer) => Facts) =>
    tracedInside({ name, kind: 'client', facts }, async (span) => {
      const answer = await ask();
      span.note(learnt(answer));
      return answer;
    });
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
    readRefs: (prefixes, signal) =>
      request(
        'look',
        { 'gityard.refs': prefixes },
        () => transport.readRefs(prefixes, signal),
        () => ({}),
      ),
    fetchRef: (wanted) =>
      request('fetch', { 'gityard.refs': [wanted.ref] }, () => transport.fetchRef(wanted), fetchedFacts),
    push: (pushed) =>
      request(
        'push',
        { 'gityard.refs': pushed.updates.map((it) => it.ref), 'gityard.objects': pushed.objects.length },
        () => transport.push(pushed),
        pushedFacts,
      ),
    close: () => transport.close(),
  };
}

const fetchedFacts = ({ head, objects }: FetchedRef): Facts => ({
  'vcs.ref.head.revision': head,
  'gityard.objects': objects.length,
});

function pushedFacts(outcome: PushOutcome): Facts {
  if (outcome.kind === 'unclear') return { 'gityard.outcome': 'unclear' };
  const refused = [...outcome.refs.values()].find((it) => !it.ok);
  return { 'gityard.outcome': refused?.ok === false ? refused.sort : 'accepted' };
}
