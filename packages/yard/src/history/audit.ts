/**
 * Replays the whole history of the state branch through the domain's rules and names the first commit that breaks one.
 * It believes no commit message: what changed is read from the trees, and the trailers must account for it.
 */
import {
  type AuditedOperation,
  auditState,
  auditStep,
  repeatedTransactions,
  type State,
  type Violation,
} from '@gityard/domain';
import type { HistoryCommit, Snapshot } from '@gityard/store';
import { type View, viewOf } from '../reading/view.ts';
import { actorOf, operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { changedIn } from './changed-in.ts';
import { readHeads } from './heads.ts';

export interface AuditReport {
  readonly ok: boolean;
  readonly commits: number;
  readonly operations: number;
  /** The first and the last commit that were looked at. */
  readonly from: string | null;
  readonly to: string | null;
  readonly firstViolation: { readonly commit: string; readonly rule: string; readonly text: string } | null;
}

export async function auditYard(yard: Pick<Yard, 'transport' | 'refs'>): Promise<AuditReport> {
  const { commits, snapshotOf } = await readHeads(yard.transport, yard.refs.state);
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

  /** False once a rule is broken: what follows rests on a broken state. */
  take(commit: Pick<HistoryCommit, 'oid' | 'message'>, snapshot: Snapshot): boolean {
    const before = this.view;
    this.view = viewOf(snapshot, before);
    const told = operationsIn(commit.message).filter((it) => it.operation !== 'begin');
    this.commits++;
    this.operations += told.length;
    this.from ??= commit.oid;
    this.to = commit.oid;

    const operations = told.map((it): AuditedOperation => ({ ...it, actor: actorOf(it.transaction) || null }));
    const [repeated] = repeatedTransactions(operations, this.transactions);
    const violation = repeated ?? firstOf(before, this.view, operations);
    if (violation) this.firstViolation = { commit: commit.oid, ...violation };
    return violation === undefined;
  }

  /** At the last commit that was taken. */
  get state(): State | undefined {
    return this.view?.state;
  }

  report(): AuditReport {
    const { commits, operations, from, to, firstViolation } = this;
    return { ok: firstViolation === null, commits, operations, from, to, firstViolation };
  }
}

function firstOf(
  before: View | undefined,
  after: View,
  operations: readonly AuditedOperation[],
): Violation | undefined {
  if (!before) return auditState(after.state)[0];
  return auditStep(before.state, after.state, operations, changedIn(before, after))[0];
}
