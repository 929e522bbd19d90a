/**
 * The read model: everything that a face draws, in one file that never outgrows 256 KB, whatever the yard holds.
 * What matters most comes first in each list, and what did not fit is counted, never silently gone.
 */
import { isFinished } from '../entities/job.ts';
import type { NeedsYou, ReadModel } from '../entities/read-model.ts';
import { SCHEMA_VERSION } from '../entities/schema.ts';
import { boardOf } from '../scheduling/board.ts';
import { queuePauses } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';
import { agentsWorstFirst } from './agent-status.ts';
import { fileProblems } from './broken-files.ts';
import { explain } from './explain.ts';
import { historyPoints } from './history-points.ts';
import { type JobRow, jobRow } from './job-row.ts';
import { jobTotals } from './job-totals.ts';
import { locksInUse } from './lock-view.ts';
import { needsYou } from './needs-you.ts';
import { agentRow, fileRow, lockRow, messageHead, needRow, pauseRow, upkeepRow } from './read-model-rows.ts';
import { type List, rowsThatFit } from './rows-that-fit.ts';
import { upkeepLines } from './upkeep.ts';
import { waitingLine } from './waiting-line.ts';

export interface ReadModelFacts {
  readonly now: Time;
  readonly head: string;
  readonly sequence: number;
  readonly by: string;
  readonly push: ReadModel['push'];
}

export const READ_MODEL_BYTES = 256 * 1024;
const FRAME_BYTES = 4 * 1024;
const KB = 1024;

export function readModel(state: State, facts: ReadModelFacts): ReadModel {
  const { now, head, sequence, by, push } = facts;
  const { rows, truncated } = rowsThatFit(listsOf(state, facts), READ_MODEL_BYTES - FRAME_BYTES);
  return {
    schemaVersion: SCHEMA_VERSION,
    yard: state.yard.name,
    yardId: state.yard.yardId,
    sequence,
    head,
    at: now,
    by,
    health: state.yard.health,
    trace: state.yard.links.trace,
    totals: jobTotals(state, now),
    push,
    ...rows,
    truncated,
  };
}

/** In the order in which they are served; the jobs come last and may take all that is left. */
function listsOf(state: State, { now }: ReadModelFacts) {
  const needs = needsYou(state, now);
  const agents = agentsWorstFirst(state, now);
  const finished = newest([...state.jobs].filter(isFinished), (job) => job.endedAt ?? job.submittedAt);
  const messages = newest([...state.messages], (message) => message.sentAt);
  return {
    needsYou: list(fewOfEach(needs), { total: needs.length, most: 100, shareBytes: 20 * KB }, needRow),
    paused: list(queuePauses(state, now), { most: 20, shareBytes: 8 * KB }, pauseRow),
    upkeep: list(upkeepLines(state), { most: 20, shareBytes: 8 * KB }, upkeepRow),
    history: list(historyPoints(state, now), { most: 54, shareBytes: 18 * KB }, (it) => it),
    quarantined: list(fileProblems(state), { most: 50, shareBytes: 12 * KB }, fileRow),
    locks: list(locksInUse(state), { most: 100, shareBytes: 20 * KB }, lockRow),
    messages: list(messages, { most: 50, shareBytes: 20 * KB }, (it) => messageHead(state, it, now)),
    finished: list(finished, { most: 50, shareBytes: 44 * KB }, (job) => jobRow(state, job, explain(state, job, now))),
    agents: list(agents, { most: 200, shareBytes: 60 * KB }, (agent) => agentRow(state, agent, now)),
    jobs: openJobs(state, now),
  };
}

const MOST_OPEN = 500;
const MOST_EXPLAINED = 200;

function openJobs(state: State, now: Time): List<JobRow> {
  const held = [...boardOf(state).held].sort((a, b) => (a.id < b.id ? -1 : 1));
  const open = [...held.map((job) => ({ job, explanation: explain(state, job, now) })), ...waitingLine(state, now)];
  return list(open, { most: MOST_OPEN, shareBytes: 54 * KB }, ({ job, explanation }, at) =>
    jobRow(state, job, at < MOST_EXPLAINED ? explanation : { ...explanation, reasons: [] }),
  );
}

const MOST_OF_A_KIND = 20;

/** A thousand stuck jobs must not hide the one agent that they all wait for. */
function fewOfEach(needs: readonly NeedsYou[]): readonly NeedsYou[] {
  const counts = new Map<string, number>();
  return needs.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_OF_A_KIND;
  });
}

interface Limits {
  readonly most: number;
  readonly shareBytes: number;
  readonly total?: number;
}
function list<T, R extends object>(
  all: readonly T[],
  { most, shareBytes, total = all.length }: Limits,
  rowOf: (it: T, at: number) => R,
): List<R> {
  return { rows: made(all.slice(0, most), rowOf), total, shareBytes };
}

function* made<T, R>(all: readonly T[], rowOf: (it: T, at: number) => R): Iterable<R> {
  for (const [at, it] of all.entries()) yield rowOf(it, at);
}

/** Each time is read once, not at every comparison. */
function newest<T>(all: readonly T[], timeOf: (it: T) => Time): readonly T[] {
  const timed = all.map((it) => ({ it, ms: toMs(timeOf(it)) }));
  return timed.sort((a, b) => b.ms - a.ms).map(({ it }) => it);
}
