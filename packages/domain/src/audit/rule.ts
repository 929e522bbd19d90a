/**
 * What a rule of replay is. It looks at one changed entity at a time, so that replaying a long history of a big yard
 * costs what changed and not what there is. A rule answers with sentences; no sentence means that it holds.
 */
import type { Actor } from '../entities/actor.ts';
import type { Agent } from '../entities/agent.ts';
import type { Epoch } from '../entities/epoch.ts';
import type { HistoryHour } from '../entities/history-hour.ts';
import type { Job } from '../entities/job.ts';
import type { Lock } from '../entities/lock.ts';
import type { Message } from '../entities/message.ts';
import type { Notices } from '../entities/notices.ts';
import type { YardConfig } from '../entities/yard-config.ts';
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
  history: HistoryHour;
  notices: Notices;
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

/** The operations of a commit that may have touched this job. A file of the inbox may hold any number of wishes. */
export function operationsOn(step: Step, jobId: string): readonly AuditedOperation[] {
  return step.operations.filter((it) => it.job === jobId || it.operation === 'take-up');
}

/** How often a commit says that this job was claimed. */
export const claimsOf = (step: Step, jobId: string): number =>
  step.operations.filter((it) => it.operation === 'claim' && it.job === jobId).length;

/** What a person or an import brings in from elsewhere has a past that nobody here saw. */
export const comesFromElsewhere = (before: unknown, step: Step): boolean =>
  before === undefined && (isByHand(step) || has(step, 'import'));

export const has = (step: Step, ...names: readonly string[]): boolean =>
  step.operations.some((it) => names.includes(it.operation));
