/** Hands in what waits on this machine when a command has reached the yard anyway: as much as a moment allows. */
import { mayComeBack, mayHoldSomething, openSpool, spoolPlace, type Yard } from '@gityard/yard';
import { failureOf } from '../failure-of.ts';

export interface FlushAMoment {
  readonly home: string;
  /** Of the yard, as it was named. */
  readonly address: string;
  readonly identity: string;
  readonly note: (text: string) => void;
}

/** As long as nobody minds waiting for a command. What is left goes with the next one. */
const MOMENT_MS = 2_000;

/** Before what is asked for now, which may be about it. */
export async function flushAMoment(yard: Yard, { home, address, identity, note }: FlushAMoment): Promise<void> {
  const place = spoolPlace(home, { address, refs: yard.refs });
  if (!(await mayHoldSomething(place))) return;
  const signal = AbortSignal.timeout(MOMENT_MS);
  try {
    const spool = await openSpool({ place, identity, onDamage: (text) => note(`gityard: ${text}`) });
    const replayed = await spool.replay(yard, { signal });
    for (const { name, about, reason } of replayed?.refused ?? [])
      note(`gityard: ${name} ${about}, which was accepted before, is refused: ${reason}`);
  } catch (error) {
    // It waits on, and is no reason to fail what was asked for now.
    if (signal.aborted || mayComeBack(error)) return;
    note(`gityard: what waits here cannot be handed in: ${failureOf(error).message}`);
  }
}
