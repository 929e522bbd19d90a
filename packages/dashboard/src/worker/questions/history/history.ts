/** How well and how fast it builds: figures over the attempts of a span, of all of them or of a project, a server, a strategy. */
import type { Reading } from '../question.ts';
import type { Broken } from '../state-files.ts';
import { type Attempt, attemptsIn, type Span } from './attempts.ts';
import {
  type CauseCount,
  causesOf,
  type Durations,
  durationsOf,
  failuresByProject,
  hasSucceeded,
  isJudged,
  type ProjectFailures,
  type ServerFigures,
  type Slow,
  serversOf,
  slowestOf,
} from './figures.ts';
import { type Repairs, repairsOf } from './repairs.ts';

export interface HistoryAsked {
  /** The commit; '' = as it is now. */
  readonly at: string;
  /** The end of every span: now, or the moment that is looked at. */
  readonly untilMs: number;
  readonly hours: number;
  readonly project: string | null;
  readonly server: string | null;
  readonly strategy: string | null;
  /** So many files of jobs may be read, a request each where they were never read before. */
  readonly mostJobs: number;
}

export interface Rate {
  readonly hours: number;
  readonly succeeded: number;
  readonly of: number;
}

export interface HistoryAnswer {
  readonly attempts: number;
  readonly rates: readonly Rate[];
  readonly durations: readonly Durations[];
  readonly servers: readonly ServerFigures[];
  readonly slowest: readonly Slow[];
  readonly failures: readonly ProjectFailures[];
  readonly causes: readonly CauseCount[];
  readonly repairs: Repairs;
  /** What can be asked for, of the last thirty days. */
  readonly choices: {
    readonly projects: readonly string[];
    readonly servers: readonly string[];
    readonly strategies: readonly string[];
  };
  readonly unread: number;
  readonly broken: readonly Broken[];
}

const HOUR_MS = 3_600_000;
export const RATE_HOURS = [24, 7 * 24, 30 * 24];
const LONGEST_HOURS = 30 * 24;

export async function history(reading: Reading, asked: HistoryAsked): Promise<HistoryAnswer> {
  const { at, untilMs, hours, mostJobs } = asked;
  const spanOf = (count: number): Span => ({ fromMs: untilMs - count * HOUR_MS, untilMs });
  const read = await attemptsIn(reading, { at, span: spanOf(LONGEST_HOURS), mostJobs });
  const all = read.attempts.filter(isAskedFor(asked));
  const within = ({ fromMs }: Span) => all.filter(({ endedMs }) => endedMs >= fromMs);
  const span = spanOf(Math.min(LONGEST_HOURS, hours));
  const attempts = within(span);
  return {
    attempts: attempts.length,
    rates: RATE_HOURS.map((count) => {
      const judged = within(spanOf(count)).filter(isJudged);
      return { hours: count, succeeded: judged.filter(hasSucceeded).length, of: judged.length };
    }),
    durations: durationsOf(attempts),
    servers: serversOf(attempts, span),
    slowest: slowestOf(attempts, all),
    failures: failuresByProject(attempts),
    causes: causesOf(attempts),
    repairs: repairsOf(all, span),
    choices: {
      projects: namesOf(read.attempts, ({ repository }) => repository),
      servers: namesOf(read.attempts, ({ agent }) => agent),
      strategies: namesOf(read.attempts, ({ strategy }) => strategy),
    },
    unread: read.unread,
    broken: read.broken,
  };
}

const isAskedFor =
  ({ project, server, strategy }: HistoryAsked) =>
  (it: Attempt): boolean =>
    (project === null || it.repository === project) &&
    (server === null || it.agent === server) &&
    (strategy === null || it.strategy === strategy);

const namesOf = (attempts: readonly Attempt[], nameOf: (it: Attempt) => string | null): readonly string[] =>
  [...new Set(attempts.flatMap((it) => nameOf(it) ?? []))].sort();
