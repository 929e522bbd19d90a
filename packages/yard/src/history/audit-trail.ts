/**
 * Who did what, from the first commit to the last: each with the operations that it says it holds, and what it changed by its
 * trees, whatever it says. Where the history was cut it goes on in the part before. For those who keep such a trail elsewhere.
 */
import { JOB_STATUSES, type Job, type Time, toMs } from '@gityard/domain';
import type { History, HistoryCommit, PathChange, Snapshot, Transport, TreeEntry } from '@gityard/store';
import { placeOf } from '../files/paths.ts';
import { actorOf, type OperationRow, operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { saidIn } from './changed-in.ts';
import { readHeads } from './heads.ts';
import { knownAt, timeOf } from './moment.ts';

interface TrailOperation extends OperationRow {
  /** Whose program wrote it; null where it says none. */
  readonly actor: string | null;
}

interface TrailChange {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Of a job: which, and its status before and after, where it has one. */
  readonly job: string | null;
  readonly from: Job['status'] | null;
  readonly to: Job['status'] | null;
}

export interface TrailCommit {
  readonly commit: string;
  readonly at: Time;
  readonly author: string;
  readonly email: string;
  /** None: a person made it by hand. */
  readonly operations: readonly TrailOperation[];
  /** But for the counters of writers, which move with every commit. */
  readonly changes: readonly TrailChange[];
}

export interface AuditTrail {
  /** Something came before the first of them, and is not to be had. */
  readonly isIncomplete: boolean;
  /** Oldest first, each worked out when its turn comes. */
  commits(): Iterable<TrailCommit>;
}

export interface AuditTrailOf {
  readonly since?: Time | undefined;
  /** Not at that time any more. */
  readonly until?: Time | undefined;
  /** Where former epochs may lie, beside the repository. */
  readonly elsewhere?: readonly Transport[];
}

/** Throws StoreError. */
export async function auditTrail(
  yard: Pick<Yard, 'transport' | 'refs'>,
  { since, until, elsewhere = [] }: AuditTrailOf = {},
): Promise<AuditTrail> {
  const history = await readHeads(yard.transport, yard.refs.state, { elsewhere });
  const msOr = (time: Time | undefined, otherwise: number) => (time === undefined ? otherwise : toMs(time));
  const span = { sinceMs: msOr(since, Number.NEGATIVE_INFINITY), untilMs: msOr(until, Number.POSITIVE_INFINITY) };
  return { isIncomplete: history.missing !== undefined, commits: () => commitsOf(history, span) };
}

interface Span {
  readonly sinceMs: number;
  readonly untilMs: number;
}

function* commitsOf(history: History, { sinceMs, untilMs }: Span): Iterable<TrailCommit> {
  const { commits, snapshotOf, missing } = history;
  const known = knownAt(commits);
  let before: Snapshot | undefined;
  for (const [at, commit] of commits.entries()) {
    const ms = known[at] ?? 0;
    if (ms < sinceMs || ms >= untilMs) {
      before = undefined;
      continue;
    }
    const last = commits[at - 1];
    before ??= last && snapshotOf(last.oid);
    const snapshot = snapshotOf(commit.oid);
    // All that a first commit has came before it, where something did.
    const isFirst = before === undefined && missing !== undefined;
    yield { ...told(commit), changes: isFirst ? [] : [...changesOf(before, snapshot)] };
    before = snapshot;
  }
}

const told = (commit: HistoryCommit): Omit<TrailCommit, 'changes'> => ({
  commit: commit.oid,
  at: timeOf(commit),
  author: commit.author.name,
  email: commit.author.email,
  operations: operationsIn(commit.message).map((it) => ({ ...it, actor: actorOf(it.transaction) || null })),
});

function* changesOf(before: Snapshot | undefined, after: Snapshot): Iterable<TrailChange> {
  for (const change of after.changesSince(before)) {
    const place = placeOf(change.path);
    const kind = place && 'kind' in place ? place.kind : undefined;
    if (kind === 'actor') continue;
    const isJob = kind === 'job' && place && 'id' in place;
    const statuses = isJob
      ? { job: place.id, from: statusIn(change.before, before), to: statusIn(change.after, after) }
      : { job: null, from: null, to: null };
    yield { path: change.path, change: howChanged(change), ...statuses };
  }
}

function howChanged({ before, after }: PathChange): TrailChange['change'] {
  if (!before) return 'added';
  return after ? 'changed' : 'removed';
}

function statusIn(entry: TreeEntry | undefined, snapshot: Snapshot | undefined): Job['status'] | null {
  const said = snapshot && saidIn(entry, snapshot.read);
  const status = (said as { status?: unknown } | null | undefined)?.status;
  return JOB_STATUSES.find((it) => it === status) ?? null;
}
