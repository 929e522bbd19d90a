/** How good the connection to the remote is, in one word for every face. Told what happened; asks nothing. */
import type { YardConfig } from '../entities/yard-config.ts';
import { elapsedMs, type Time } from '../time.ts';
import type { Connection } from './fleet-status.ts';

export interface ContactFacts {
  readonly lastContactAt: Time | null;
  /** The code of what the last request met; undefined when it went well. */
  readonly trouble: string | undefined;
}

/** So many looks that did not happen make what is seen an old picture. */
const LOOKS_MISSED = 3;

const STATES: Readonly<Record<string, Connection['state']>> = {
  DENIED: 'denied',
  REMOTE_INVALID: 'invalid',
  REMOTE_UNREACHABLE: 'offline',
  TIMEOUT: 'offline',
  RATE_LIMITED: 'late',
};

export function connectionState(
  { lastContactAt, trouble }: ContactFacts,
  now: Time,
  { poll }: Pick<YardConfig, 'poll'>,
): Connection['state'] {
  if (trouble !== undefined) return STATES[trouble] ?? 'offline';
  if (lastContactAt === null) return 'offline';
  return elapsedMs(lastContactAt, now) > LOOKS_MISSED * poll.seconds * 1000 ? 'late' : 'live';
}
