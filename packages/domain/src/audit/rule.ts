/**
 * What a rule of replay is. It looks at one changed entity at a time, so that replaying a long history of a big yard
 * costs what changed and not what there is. A rule answers with sentences; no sentence means that it holds.
 */
import type { Actor } from '../entities/actor.ts';
import type { Agent } from '../entities/agent.ts';
import type { Attestation } from '../entities/attestation.ts';
import type { BranchProfiles } from '../entities/branch-profiles.ts';
import type { Epoch } from '../entities/epoch.ts';
import type { HistoryHour } from '../entities/history-hour.ts';
import type { ImportedFrom, ImportRecord } from '../entities/import-record.ts';
import type { Job } from '../entities/job.ts';
import type { Lock } from '../entities/lock.ts';
import type { Manifest } from '../entities/manifest.ts';
import type { Message } from '../entities/message.ts';
import type { Notices } from '../entities/notices.ts';
import type { Rollback } from '../entities/rollback.ts';
import type { Secret } from '../entities/secret.ts';
import type { TestHistory } from '../entities/test-history.ts';
import type { TokenRecord } from '../entities/token.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { waitsAsImported } from '../operations/imports/unrest.ts';
import type { EntityKind, State } from '../state.ts';

/** One operation as its commit tells of it. */
export interface AuditedOperation {
  readonly operation: string;
  readonly agent: string | null;
  readonly job: string | null;
  readonly lock: string | null;
  readonly message: string | null;
  readonly token: number | null;
  readonly transaction: string;
  readonly actor: string | null;
}

export interface Violation {
  readonly rule: string;
  readonly text: string;
}

/** An entity that a commit put, replaced or took away. */
export interface Changed {
  readonly kind: EntityKind;
  readonly id: string;
  /** Its file is not there any more; said of what a state is never without. */
  readonly removed?: boolean;
  /** What its file says as plain JSON, although it broke its schema and is therefore not in force. */
  readonly said?: unknown;
}

/** One commit: the state on both sides of it, and what it says it did. No operations: a person's hand. */
export interface Step {
  readonly before: State;
  readonly after: State;
  readonly operations: readonly AuditedOperation[];
}

interface Audited {
  job: Job;
  lock: Lock;
  message: Message;
  actor: Actor;
  agent: Agent;
  yard: YardConfig;
  epoch: Epoch;
  branches: BranchProfiles;
  manifest: Manifest;
  attestation: Attestation;
  rollback: Rollback;
  import: ImportRecord;
  history: HistoryHour;
  notices: Notices;
  secret: Secret;
  tests: TestHistory;
  token: TokenRecord;
}
export type AuditedKind = keyof Audited;

/** `holds` looks at one state, `follows` at the step that led to it. */
export type Rule = {
  [K in AuditedKind]: {
    readonly id: string;
    readonly sentence: string;
    readonly of: K;
    readonly holds?: (entity: Audited[K], state: State) => readonly string[];
    readonly follows?: (entity: Transition<Audited[K]>, step: Step) => readonly string[];
  };
}[AuditedKind];

export interface Transition<T> {
  readonly id: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export const isByHand = (step: Step): boolean => step.operations.length === 0;

/** A file of the inbox may hold any number of wishes, and a new commit of a branch supersedes older ones. */
const OF_MANY_JOBS: readonly string[] = ['take-up', 'build-branch'];

/** The operations of a commit that may have touched this job. */
export function operationsOn(step: Step, jobId: string): readonly AuditedOperation[] {
  return step.operations.filter(
    (it) => it.job === jobId || OF_MANY_JOBS.includes(it.operation) || releases(step, it, jobId),
  );
}

/** An agent that is struck off lets go what it held: attempts that had not ended before. */
export function releases({ before, after }: Step, { operation, agent }: AuditedOperation, jobId: string): boolean {
  if (operation !== 'remove') return false;
  const was = before.jobs.get(jobId);
  const ended = was?.attempts.filter((it) => it.endedAt !== null).length ?? 0;
  return (after.jobs.get(jobId) ?? was)?.attempts.slice(ended).some((it) => it.agent === agent) ?? false;
}

/** How often a commit says that this job was claimed. */
export const claimsOf = (step: Step, jobId: string): number =>
  step.operations.filter((it) => it.operation === 'claim' && it.job === jobId).length;

/** What may bear the mark of an import. */
export interface Marked {
  readonly importedFrom?: ImportedFrom | undefined;
}

/** What a person or an import brings in from elsewhere has a past that nobody here saw, and may have ended there since. */
export function comesFromElsewhere({ before, after }: Pick<Transition<Job>, 'before' | 'after'>, step: Step): boolean {
  const isBrought = after !== undefined && isImported(after, step);
  return before === undefined ? isByHand(step) || isBrought : isBrought && waitsAsImported(before);
}

/** It bears the mark of a source whose record this commit has written, by an import. */
export function isImported({ importedFrom }: Marked, { before, after, operations }: Step): boolean {
  if (importedFrom === undefined || !operations.some((it) => it.operation === 'import')) return false;
  const [was, is] = [before, after].map(({ imports }) => imports.get(importedFrom.source)?.batches ?? 0);
  return (is ?? 0) > (was ?? 0);
}

export const has = (step: Step, ...names: readonly string[]): boolean =>
  step.operations.some((it) => names.includes(it.operation));
