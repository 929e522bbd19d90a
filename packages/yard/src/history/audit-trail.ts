/**
 * Who did what, from the first commit to the last: each with the operations that it says it holds, and what it changed by its
 * trees, whatever it says. Where the history was cut it goes on in the part before. For those who keep such a trail elsewhere.
 */
import { JOB_STATUSES, type Job, type Refused, refuse, type Time, toMs } from '@gityard/domain';
import type { History, HistoryCommit, PathChange, Snapshot, Transport, TreeEntry } from '@gityard/store';
import { placeOf } from '../files/paths.ts';
import { actorOf, type OperationRow, operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { saidIn } from './changed-in.ts';
import { readHeads } from './heads.ts';
import { knownAt, meantBy, timeOf, type When } from './moment.ts';

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
  readonly ok: true;
  /** Since when, where that was asked for; of a commit its time. */
  readonly since: Time | null;
  /** The commit after which they come, if one was named. */
  readonly after: string | null;
  /** Something came before the first of them, and is not to be had. */
  readonly isIncomplete: boolean;
  /** Oldest first, each worked out when its turn comes. */
  commits(): Iterable<TrailCommit>;
}

export interface AuditTrailOf {
  /** From a time on; or all that came after a commit, which nothing slips through whatever clocks say. */
  readonly since?: When | undefined;
  /** Not at that time any more. */
  readonly until?: Time | undefined;
  /** Where former epochs may lie, beside the repository. */
  readonly elsewhere?: readonly Transport[];
}

/** Refuses when `since` names no commit of the history, or more than one. Throws StoreError. */
export async function auditTrail(
  yard: Pick<Yard, 'transport' | 'refs'>,
  { since, until, elsewhere = [] }: AuditTrailOf = {},
): Promise<AuditTrail | Refused> {
  const history = await readHeads(yard.transport, yard.refs.state, { elsewhere });
  const beginning = since && beginningOf(since, history);
  if (beginning?.ok === false) return beginning;
  const { first = 0, sinceMs = Number.NEGATIVE_INFINITY, at: from = null, after = null } = beginning ?? {};
  const span = { first, sinceMs, untilMs: until === undefined ? Number.POSITIVE_INFINITY : toMs(until) };
  const isIncomplete = history.missing !== undefined;
  return { ok: true, since: from, after, isIncomplete, commits: () => commitsOf(history, span) };
}

interface Span {
  readonly first: number;
  readonly sinceMs: number;
  readonly untilMs: number;
}

interface Beginning extends Partial<Span> {
  readonly ok: true;
  readonly at: Time;
  readonly after?: string;
}

function beginningOf(since: When, { commits }: History): Beginning | Refused {
  if ('time' in since) return { ok: true, sinceMs: toMs(since.time), at: since.time };
  const [commit, ...others] = meantBy(since, commits);
  const word = 'commit' in since ? since.commit : `HEAD~${since.back}`;
  if (!commit) return refuse('NOT_FOUND', `the history that is there has no commit ${word}`, [word]);
  if (others.length > 0) return refuse('AMBIGUOUS_ID', `${others.length + 1} commits begin with ${word}`, [word]);
  return { ok: true, first: commits.indexOf(commit) + 1, at: timeOf(commit), after: commit.oid };
}

function* commitsOf(history: History, { first, sinceMs, untilMs }: Span): Iterable<TrailCommit> {
  const { commits, snapshotOf, missing } = history;
  const known = knownAt(commits);
  let before: Snapshot | undefined;
  for (const [at, commit] of commits.entries()) {
    const ms = known[at] ?? 0;
    if (at < first || ms < sinceMs || ms >= untilMs) {
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
