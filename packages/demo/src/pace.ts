/** How fast things go in a synthetic yard: as in months that somebody reads of, or as in minutes that somebody watches. */
export interface Pace {
  /** From one sign of life to the next. */
  readonly roundMs: number;
  /** How long a job stays with a server that is away. */
  readonly leaseMs: number;
  /** How long a server stays, and how long it is away, each on average. */
  readonly staysMs: number;
  readonly awayMs: number;
  /** Builds that take longer tell of their stages, one in two. */
  readonly tellsAfterSeconds: number;
  /** Whether people ask for less by night. */
  readonly sleeps: boolean;
}

const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1_000, 60_000, 3_600_000];

export const OF_MONTHS: Pace = {
  roundMs: 15 * MINUTE_MS,
  leaseMs: 15 * MINUTE_MS,
  staysMs: 9 * 24 * HOUR_MS,
  awayMs: 5 * HOUR_MS,
  tellsAfterSeconds: 600,
  sleeps: true,
};

/** Of many servers: beats are most of what a past costs, and nobody ever sees one of them. */
export const OF_WEEKS: Pace = { ...OF_MONTHS, roundMs: HOUR_MS };

export const OF_MINUTES: Pace = {
  roundMs: 10 * SECOND_MS,
  leaseMs: MINUTE_MS,
  staysMs: 40 * MINUTE_MS,
  awayMs: MINUTE_MS,
  tellsAfterSeconds: 20,
  sleeps: false,
};
