/**
 * The whole queue in the order in which it will come to its turns: as `claimOrder` says for the next one, and going on from
 * there as if each submitter were served in turn. Only what could be claimed takes turns; what is blocked, or what no agent of
 * the fleet could run, stands where it would.
 */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { isBlocked } from './blockers.ts';
import { boardOf } from './board.ts';
import { fitsNobody } from './matching.ts';
import { agedPriority, inOneLine } from './order.ts';
import { shareOf, submitterOf } from './shares.ts';

export interface Turn {
  readonly job: Job;
  readonly blocked: boolean;
  /** How many jobs that could be claimed come before it. */
  readonly ahead: number;
}

export function turnsOf(state: State, now: Time): readonly Turn[] {
  const priorityOf = agedPriority(state, now);
  const { queued, shares } = boardOf(state);
  const places = queued.map((job): Place => {
    const { running, servedMs } = shareOf(shares, job);
    return { job, blocked: takesNoTurn(state, job, now), priority: priorityOf(job), servedMs, round: running };
  });
  places.sort((a, b) => a.priority - b.priority || inOneLine(a.job, b.job));
  takeRounds(places);
  places.sort(
    (a, b) => a.priority - b.priority || a.round - b.round || a.servedMs - b.servedMs || inOneLine(a.job, b.job),
  );
  return counted(places);
}

export const takesNoTurn = (state: State, job: Job, now: Time): boolean =>
  isBlocked(state, job, now) || fitsNobody(state, job, now);

interface Place {
  readonly job: Job;
  readonly blocked: boolean;
  readonly priority: number;
  readonly servedMs: number;
  /** How many jobs its submitter will have running when it comes to its turn. */
  round: number;
}

/** The second job of a submitter comes a round after its first. */
function takeRounds(inLine: readonly Place[]): void {
  const before = new Map<string, number>();
  for (const place of inLine) {
    const line = `${place.priority} ${submitterOf(place.job)}`;
    const own = before.get(line) ?? 0;
    place.round += own;
    if (!place.blocked) before.set(line, own + 1);
  }
}

function counted(places: readonly Place[]): readonly Turn[] {
  let ahead = 0;
  return places.map(({ job, blocked }) => ({ job, blocked, ahead: blocked ? ahead : ahead++ }));
}
