/**
 * The observer's side of the lease: for each held job, since when its holder has given no sign, on the observer's own
 * monotonic clock. Stamps of another machine's clock are never looked at. Only time during which the observer did read the
 * remote counts: after a gap (its own sleep, an outage) everybody gets a whole lease again.
 */
import { type Attempt, currentAttempt, effectiveLeaseMs, isHeld, type Job, type State } from '@gityard/domain';
import { keyOf } from '../status-board.ts';

interface Sighting {
  readonly sign: string;
  readonly sinceMs: number;
  /** Since when it is claimed and its build has not begun; null once it has. */
  readonly idleSinceMs: number | null;
}

export interface Overdue {
  readonly job: Job;
  readonly attempt: Attempt;
  readonly quietMs: number;
}

/** A claim may be broken a quarter later than it lasts, and its holder gives up a third earlier (reliability.md §1.1). */
const OBSERVER_SHARE = 1.25;

export class Sightings {
  private sightings = new Map<string, Sighting>();
  private lookedMs = Number.NEGATIVE_INFINITY;

  /** To be called after each successful look at the remote; `gapMs` is more than ever lies between two. */
  observe(state: State, { nowMs, gapMs }: { nowMs: number; gapMs: number }): void {
    const before = nowMs - this.lookedMs > gapMs ? undefined : this.sightings;
    this.lookedMs = nowMs;
    const held = [...state.jobs].filter(isHeld);
    this.sightings = new Map(held.map((job) => [keyOf(job), sighting(state, job, { nowMs, before })]));
  }

  overdue(state: State): Overdue[] {
    return this.heldLongerThan(state, (seen) => seen.sinceMs, patienceMs);
  }

  /** Claims that are renewed and yet do not begin. */
  notStarted(state: State): Overdue[] {
    return this.heldLongerThan(state, (seen) => seen.idleSinceMs, startMs);
  }

  private heldLongerThan(state: State, since: (seen: Sighting) => number | null, limit: Limit): Overdue[] {
    return [...state.jobs].filter(isHeld).flatMap((job) => {
      const [attempt, seen] = [currentAttempt(job), this.sightings.get(keyOf(job))];
      const sinceMs = seen ? since(seen) : null;
      if (!attempt || sinceMs === null) return [];
      const quietMs = this.lookedMs - sinceMs;
      return quietMs > limit(state, job, attempt) ? [{ job, attempt, quietMs }] : [];
    });
  }
}

interface Look {
  readonly nowMs: number;
  readonly before: ReadonlyMap<string, Sighting> | undefined;
}

function sighting(state: State, job: Job, { nowMs, before }: Look): Sighting {
  const sign = signOf(state, job);
  const known = before?.get(keyOf(job));
  const sinceMs = known?.sign === sign ? known.sinceMs : nowMs;
  return { sign, sinceMs, idleSinceMs: hasBegun(state, job) ? null : (known?.idleSinceMs ?? nowMs) };
}

/** By its holder's word, in the state or in a heartbeat: the word that it started may be the one that got lost. */
function hasBegun({ heartbeats }: State, job: Job): boolean {
  const told = job.agent === null ? undefined : heartbeats.get(job.agent)?.jobs.find((it) => keyOf(it) === keyOf(job));
  return job.status === 'running' || (told?.stage ?? null) !== null;
}

type Limit = (state: State, job: Job, attempt: Attempt) => number;

/** Who claimed by hand tells of no start. */
function startMs({ yard }: State, { startTimeoutSeconds }: Job, { boot }: Attempt): number {
  const seconds = startTimeoutSeconds ?? yard.jobs.startTimeoutSeconds;
  return boot === null || seconds === 0 ? Number.POSITIVE_INFINITY : seconds * 1000;
}

/** Changes with every beat that renews this very claim; a holder that lives and does not name the job does not renew it. */
function signOf({ heartbeats }: State, job: Job): string {
  const attempt = currentAttempt(job);
  const heartbeat = job.agent === null ? undefined : heartbeats.get(job.agent);
  const renews = heartbeat?.boot === attempt?.boot && heartbeat?.jobs.some((it) => keyOf(it) === keyOf(job));
  return renews ? `${heartbeat?.boot} ${heartbeat?.beat}` : 'unseen';
}

function patienceMs(state: State, job: Job, attempt: Attempt): number {
  // Held by hand: nobody beats for it, so it has the time that a build may take.
  if (attempt.boot === null) return (job.timeoutSeconds ?? state.yard.jobs.timeoutSeconds) * 1000;
  const heartbeat = job.agent === null ? undefined : state.heartbeats.get(job.agent);
  return effectiveLeaseMs(heartbeat, state.yard) * OBSERVER_SHARE;
}
