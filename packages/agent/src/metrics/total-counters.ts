/** What both threads of an agent sent, together. The heartbeat's thread counts from nothing again whenever it is begun anew. */
import type { Yard } from '@gityard/yard';

export type Counters = ReturnType<Yard['counters']>;
type Ref = keyof Counters;
type Count = keyof Counters[Ref];

const REFS: readonly Ref[] = ['state', 'live', 'logs'];
const COUNTS: readonly Count[] = ['commits', 'conflicts', 'unclear', 'pushes', 'fetches', 'requests'];

export class TotalCounters {
  #last: Counters | undefined;
  #ended: Counters | undefined;

  /** Of the heartbeat's thread, as it counts now. */
  heard(counters: Counters): void {
    const last = this.#last;
    if (last && counters.live.requests < last.live.requests) this.#ended = sum(last, this.#ended);
    this.#last = counters;
  }

  /** With those of the main thread. */
  with(own: Counters): Counters {
    return sum(sum(own, this.#last), this.#ended);
  }
}

function sum(one: Counters, other: Counters | undefined): Counters {
  const of = (ref: Ref) => Object.fromEntries(COUNTS.map((it) => [it, one[ref][it] + (other?.[ref][it] ?? 0)]));
  return Object.fromEntries(REFS.map((ref) => [ref, of(ref)])) as unknown as Counters;
}
