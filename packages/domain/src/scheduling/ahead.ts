/**
 * How many jobs come before one of them: what `turnsOf` says, without putting the whole queue into order. A job that cannot
 * be claimed now, or never by any of these agents, stands in nobody's way, however urgent it is.
 */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { boardOf } from './board.ts';
import { agedPriority, inOneLine } from './order.ts';
import { type Share, shareOf, submitterOf } from './shares.ts';
import { takesNoTurn } from './turns.ts';

/** The jobs of one submitter that are as urgent as the one that is asked about. */
interface Line {
  readonly share: Share;
  count: number;
  /** Which of them were submitted before it. */
  before: number;
}

export function countAhead(state: State, job: Job, now: Time): number {
  const priorityOf = agedPriority(state, now);
  const own = priorityOf(job);
  const alike: Job[] = [];
  let ahead = 0;
  for (const other of boardOf(state).queued) {
    const difference = priorityOf(other) - own;
    if (difference > 0 || other.id === job.id || takesNoTurn(state, other, now)) continue;
    if (difference < 0) ahead++;
    else alike.push(other);
  }
  return ahead + aheadInTurn(state, job, alike);
}

function aheadInTurn(state: State, job: Job, alike: readonly Job[]): number {
  const { shares } = boardOf(state);
  const lines = linesOf(shares, job, alike);
  const { running, servedMs } = shareOf(shares, job);
  const mine = lines.get(submitterOf(job))?.before ?? 0;
  lines.delete(submitterOf(job));
  const turn = { round: running + mine, servedMs };
  return [...lines.values()].reduce((sum, line) => sum + firstOf(line, turn), mine);
}

function linesOf(shares: Parameters<typeof shareOf>[0], job: Job, alike: readonly Job[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const other of alike) {
    const name = submitterOf(other);
    const line = lines.get(name) ?? { share: shareOf(shares, other), count: 0, before: 0 };
    line.count++;
    if (inOneLine(other, job) < 0) line.before++;
    lines.set(name, line);
  }
  return lines;
}

/** All that come in earlier rounds, and the one of the same round when that one goes first. */
function firstOf({ share, count, before }: Line, turn: { round: number; servedMs: number }): number {
  const rounds = turn.round - share.running;
  if (rounds < 0) return 0;
  if (rounds >= count) return count;
  const goesFirst = share.servedMs < turn.servedMs || (share.servedMs === turn.servedMs && before > rounds);
  return rounds + (goesFirst ? 1 : 0);
}
