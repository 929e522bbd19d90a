/** Every code that a refusal or an error can bear, with the exit code that scripts rely on (INTERFACE §3). */
import type { RefusalCode } from '@gityard/domain';

/** What the world or the user does wrong. Refusals of a rule have codes of their own, in the domain. */
export type ErrorCode =
  | 'USAGE'
  | 'REMOTE_UNREACHABLE'
  | 'REMOTE_INVALID'
  | 'RATE_LIMITED'
  | 'BRANCH_MISSING'
  | 'HISTORY_REWRITTEN'
  | 'DENIED'
  | 'POLICY'
  | 'SIGNATURE'
  | 'TOO_LARGE'
  | 'NEWER_SCHEMA'
  | 'TIMEOUT'
  | 'DISK_FULL'
  | 'READ_ONLY'
  /** What the system gives one program is used up: open files, memory. */
  | 'LIMIT_REACHED'
  | 'INTERNAL';

const EXIT_CODES: Readonly<Record<ErrorCode | RefusalCode, number>> = {
  USAGE: 2,
  NOT_FOUND: 3,
  AMBIGUOUS_ID: 3,
  CONFLICT: 4,
  STALE_TOKEN: 4,
  LOCK_HELD: 4,
  DUPLICATE_AGENT: 4,
  REMOTE_UNREACHABLE: 5,
  REMOTE_INVALID: 5,
  RATE_LIMITED: 5,
  BRANCH_MISSING: 5,
  HISTORY_REWRITTEN: 5,
  DENIED: 6,
  POLICY: 6,
  SIGNATURE: 6,
  SECRET_FOUND: 6,
  INVALID_DATA: 7,
  TOO_LARGE: 7,
  NEWER_SCHEMA: 7,
  DISK_FULL: 8,
  READ_ONLY: 8,
  LIMIT_REACHED: 8,
  TIMEOUT: 124,
  // A fault of this program. Not 1: a script must not take it for "the job failed".
  INTERNAL: 70,
  NOTHING_TO_DO: 1,
  NO_RUNNABLE_JOB: 1,
  ALREADY_FINISHED: 1,
  NOT_FINISHED: 1,
  NOT_SUCCEEDED: 1,
  NOT_HELD: 1,
  DUPLICATE_ID: 1,
  UNKNOWN_AGENT: 1,
  AGENT_NOT_ACTIVE: 1,
  DEPENDENCY_CYCLE: 1,
  UNKNOWN_NEED: 1,
  NOT_RUNNABLE: 1,
  QUOTA_REACHED: 1,
  NOT_ADDRESSED: 1,
  REASON_REQUIRED: 1,
};

/** For people; words of the program stand between backticks. */
export const EXIT_CODES_MEAN: readonly (readonly [number | string, string])[] = [
  [0, 'done'],
  [1, 'the answer is no: the job failed, the check found something, a rule refused'],
  [2, 'wrong use: no such command or flag, a value that cannot be'],
  [3, 'not found, or more than one begins with that'],
  [4, 'lost a race, or came too late'],
  [5, 'the remote or the network failed'],
  [6, 'denied'],
  [7, 'invalid data'],
  [8, 'this machine is in trouble: disk full, read-only, no open files left'],
  [70, 'a fault of the program itself; please report it with `--debug`'],
  [124, 'timed out'],
  [125, '`lock run` alone: the lock could not be had. Every other code is the command’s own'],
  ['128 + n', 'ended by signal n, such as 130 for Ctrl-C'],
];

export const isKnownCode = (code: unknown): code is ErrorCode | RefusalCode =>
  typeof code === 'string' && Object.hasOwn(EXIT_CODES, code);

export const exitCodeOf = (code: ErrorCode | RefusalCode): number => EXIT_CODES[code];
