/**
 * Sends a beat, which may have to wait for its push; before the lease of a held job runs out it does not wait for the budget
 * any more. A build is worth more than a push.
 */
import type { Heartbeat } from '@gityard/domain';
import type { LiveRef } from '@gityard/yard';
import type { Bell } from '../bell.ts';
import { pause } from '../pause.ts';
import type { MadeBeat } from './make-beat.ts';

/** The main thread may have something to push, with which the beat rides. */
const RIDE_TAKES_MS = 2_000;

export interface Urging {
  readonly live: Pick<LiveRef, 'beat'>;
  /** Rings when a job came, which moves the latest time. */
  readonly bell: Bell;
  /** How long it may wait yet. */
  readonly latestMs: () => number;
  readonly tellMustGo: () => void;
}

export async function sentInTime(
  { live, bell, latestMs, tellMustGo }: Urging,
  beat: MadeBeat,
  options: { readonly signal: AbortSignal; readonly priority: number },
): Promise<Heartbeat | null> {
  const over = new AbortController();
  const sent = live.beat(beat, options);
  const urged = untilItMustGo({ bell, latestMs }, over.signal).then(async () => {
    if (!over.signal.aborted) tellMustGo();
    await pause(RIDE_TAKES_MS, over.signal);
    return over.signal.aborted ? sent : live.beat(beat, { ...options, priority: 'at-once' });
  });
  try {
    return await Promise.race([sent, urged]);
  } finally {
    over.abort();
    // Whichever comes second shares the push of the first, or its fate.
    urged.catch(() => undefined);
    sent.catch(() => undefined);
  }
}

async function untilItMustGo(
  { bell, latestMs }: Pick<Urging, 'bell' | 'latestMs'>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const since = bell.count;
    const ms = latestMs();
    if (ms <= 0 || signal.aborted) return;
    await bell.wait({ since, ms, signal });
  }
}
