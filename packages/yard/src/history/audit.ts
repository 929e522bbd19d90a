/**
 * Replays the whole history of the state branch through the domain's rules and names the first commit that breaks one.
 * It believes no commit message: what changed is read from the trees, and the trailers must account for it. Where the
 * history was cut it goes on in the epoch before, and where that is gone it says so.
 */
import {
  type AuditedOperation,
  auditArchive,
  auditMetrics,
  auditState,
  auditStep,
  repeatedTransactions,
  type State,
  type Violation,
} from '@gityard/domain';
import type { HistoryCommit, Snapshot, Transport } from '@gityard/store';
import { type View, viewOf } from '../reading/view.ts';
import { actorOf, COMPACT, operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { archivedIn } from './archived-in.ts';
import { auditCut } from './audit-cut.ts';
import { changedIn } from './changed-in.ts';
import { readHeads } from './heads.ts';
import { metricsIn } from './metrics-in.ts';

export interface AuditReport {
  readonly ok: boolean;
  readonly commits: number;
  readonly operations: number;
  /** The first and the last commit that were looked at. */
  readonly from: string | null;
  readonly to: string | null;
  readonly firstViolation: { readonly commit: string; readonly rule: string; readonly text: string } | null;
  /** Parts of a history that was cut, by their numbers. What is missing was not looked at: `from` is what it begins with. */
  readonly epochs: { readonly verified: readonly number[]; readonly missing: readonly number[] };
}

export interface Auditing {
  /** Where former epochs may lie, beside the repository. */
  readonly elsewhere?: readonly Transport[];
}

export async function auditYard(
  yard: Pick<Yard, 'transport' | 'refs'>,
  { elsewhere = [] }: Auditing = {},
): Promise<AuditReport> {
  const { commits, snapshotOf } = await readHeads(yard.transport, yard.refs.state, { elsewhere });
  const audit = new Audit();
  for (const commit of commits) if (!audit.take(commit, snapshotOf(commit.oid))) break;
  return audit.report();
}

/** The same, commit by commit, for who watches a history grow. */
export class Audit {
  private view: View | undefined;
  private commits = 0;
  private operations = 0;
  private from: string | null = null;
  private to: string | null = null;
  private readonly transactions = new Set<string>();
  private firstViolation: AuditReport['firstViolation'] = null;

  private firstEpoch = 0;
  /** That nobody has to count any more: they are told of by the first epoch that is there. */
  private commitsBefore = 0;

  /** False once a rule is broken: what follows rests on a broken state. */
  take(commit: Pick<HistoryCommit, 'oid' | 'message' | 'parents'>, snapshot: Snapshot): boolean {
    const before = this.view;
    const view = viewOf(snapshot, before);
    this.view = view;
    const isFirst = commit.parents.length === 0;
    const told = operationsIn(commit.message).filter(({ operation }) => {
      return operation !== 'begin' && !(isFirst && operation === COMPACT);
    });
    const operations = told.map((it): AuditedOperation => ({ ...it, actor: actorOf(it.transaction) || null }));
    if (!before) this.begin(view);
    const commits = this.commitsBefore + this.commits;
    this.commits++;
    this.operations += told.length;
    this.from ??= commit.oid;
    this.to = commit.oid;

    const [repeated] = repeatedTransactions(operations, this.transactions);
    const found =
      repeated ??
      (before && isFirst ? auditCut(before, view, { commits, operations }) : firstOf(before, view, operations));
    if (found) this.firstViolation = { commit: commit.oid, ...found };
    return found === undefined;
  }

  private begin({ state }: View): void {
    this.firstEpoch = state.epoch?.epoch ?? 0;
    this.commitsBefore = state.epoch?.commits ?? 0;
  }

  /** At the last commit that was taken. */
  get state(): State | undefined {
    return this.view?.state;
  }

  report(): AuditReport {
    const { commits, operations, from, to, firstViolation, firstEpoch } = this;
    const last = this.view?.state.epoch?.epoch ?? 0;
    const epochs = { verified: numbers(firstEpoch, last + 1), missing: numbers(0, firstEpoch) };
    return { ok: firstViolation === null, commits, operations, from, to, firstViolation, epochs };
  }
}

function firstOf(
  before: View | undefined,
  after: View,
  operations: readonly AuditedOperation[],
): Violation | undefined {
  if (!before) return auditState(after.state)[0];
  const changed = changedIn(before, after);
  const step = { before: before.state, after: after.state, operations };
  const [violation] = auditStep(before.state, after.state, operations, changed);
  return (
    violation ??
    auditArchive(step, archivedIn(before, after), changed)[0] ??
    auditMetrics(step, metricsIn(before, after))[0]
  );
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
