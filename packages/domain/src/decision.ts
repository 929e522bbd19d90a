/** What an operation answers: accepted, with the changes that make it so, or refused, with a code and a reason. Never thrown. */
import type { Change } from './state.ts';

/** Every refusal of a rule, with the sentence that explains it. The table in packages/README.md is checked against it. */
export const REFUSALS = {
  NOT_FOUND: 'nothing has that name or id',
  AMBIGUOUS_ID: 'more than one begins with that',
  NOTHING_TO_DO: 'nothing would change',
  NO_RUNNABLE_JOB: 'no queued job can run on this agent now',
  ALREADY_FINISHED: 'the job has ended',
  NOT_FINISHED: 'the job has not ended yet',
  NOT_SUCCEEDED: 'the job did not succeed',
  NOT_HELD: 'nobody holds the job',
  STALE_TOKEN: 'the job was given to another holder since',
  DUPLICATE_ID: 'that id exists already',
  DUPLICATE_AGENT: 'another daemon lives under that id',
  UNKNOWN_AGENT: 'the agent has not registered',
  AGENT_NOT_ACTIVE: 'the agent takes no new jobs',
  DEPENDENCY_CYCLE: 'jobs would wait for each other for ever',
  UNKNOWN_NEED: 'a needed job does not exist',
  NOT_RUNNABLE: 'the job cannot run on this agent',
  QUOTA_REACHED: 'its namespace has all that it may have',
  LOCK_HELD: 'the lock has all its holders',
  CONFLICT: 'the thing is not as the request expects it',
  INVALID_DATA: 'the request breaks its schema',
  NEWER_SCHEMA: 'the yard belongs to a newer program',
  NOT_ADDRESSED: 'the message is for others',
  DENIED: 'whoever asks may not do that',
  REASON_REQUIRED: 'such an act needs a reason',
  SECRET_FOUND: 'a text holds what looks like a secret',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** What an operation is about: becomes the trailers of its commit. */
export interface Subject {
  readonly agent?: string;
  /** Whose word it is, where somebody else writes it down. */
  readonly by?: string | null;
  readonly job?: string;
  readonly lock?: string;
  readonly message?: string;
  readonly token?: number;
  readonly reason?: string | null;
}

export interface Accepted<Result> {
  readonly ok: true;
  readonly result: Result;
  /** Empty when the wish is true already: accepted, and nothing is committed. */
  readonly changes: readonly Change[];
  /** The subject line of the commit: `claim job 01j… for build1`. */
  readonly summary: string;
  readonly subject: Subject;
}
export interface Refused {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly reason: string;
  readonly refs: readonly string[];
}
export type Decision<Result> = Accepted<Result> | Refused;

export const accept = <Result>(
  result: Result,
  changes: readonly Change[],
  summary: string,
  subject: Subject = {},
): Accepted<Result> => ({ ok: true, result, changes, summary, subject });

export const refuse = (code: RefusalCode, reason: string, refs: readonly string[] = []): Refused => ({
  ok: false,
  code,
  reason,
  refs,
});
