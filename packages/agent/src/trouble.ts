/**
 * What a failure of the world means to a daemon: how long to leave the remote alone, and whether it may be worth trying
 * again at all. Goes by the codes of INTERFACE §3, whoever threw them.
 */
import type { AgentExit } from './options.ts';
import { backOffMs, jittered } from './pause.ts';

const DENIED_PAUSE_MS = 5 * 60_000;
const LONGEST_RETRY_AFTER_MS = 60 * 60_000;

/** Nothing that asking again soon would mend; a person has to act, and being asked all the time makes hosts angry. */
const NEEDS_A_PERSON = new Set(['DENIED', 'REMOTE_INVALID', 'BRANCH_MISSING', 'HISTORY_REWRITTEN']);

/** Of these, what somebody may be putting back this very minute, and what costs the host nothing to be asked for. */
const MAY_COME_BACK = new Set(['BRANCH_MISSING', 'HISTORY_REWRITTEN']);
const FIRST_LOOK_MS = 1_000;
const LONGEST_LOOK_MS = 60_000;

const EXIT_CODES: Readonly<Record<string, AgentExit['code']>> = {
  DUPLICATE_AGENT: 4,
  CONFLICT: 4,
  REMOTE_UNREACHABLE: 5,
  REMOTE_INVALID: 5,
  RATE_LIMITED: 5,
  BRANCH_MISSING: 5,
  HISTORY_REWRITTEN: 5,
  TIMEOUT: 5,
  DENIED: 6,
  POLICY: 6,
  SIGNATURE: 6,
  INVALID_DATA: 7,
  NEWER_SCHEMA: 7,
  ENOSPC: 8,
  EROFS: 8,
};

/** What the system calls by names of its own. */
const NAMES: Readonly<Record<string, string>> = { ENOSPC: 'DISK_FULL', EROFS: 'READ_ONLY' };

const HINTS: Readonly<Record<string, string>> = {
  NEWER_SCHEMA: 'update gityard on this machine, then start it again',
  ENOSPC: 'free some space where GITYARD_HOME is, then start it again',
  EROFS: 'GITYARD_HOME must be a folder that can be written',
};

interface Coded extends Error {
  readonly code: string;
  readonly hint?: string;
  readonly retryAfterMs?: number;
}

const isCoded = (error: unknown): error is Coded =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'string';

export const needsAPerson = (error: unknown): boolean => isCoded(error) && NEEDS_A_PERSON.has(error.code);

/** The branch is not where we left it: gone, or another one under its name. */
export const isBranchLost = (error: unknown): boolean => isCoded(error) && MAY_COME_BACK.has(error.code);

/** `pollMs` is how often the remote is asked while all is well. */
export function pauseAfterMs(error: unknown, failures: number, pollMs: number = FIRST_LOOK_MS): number {
  if (isBranchLost(error)) return Math.min(LONGEST_LOOK_MS, jittered(pollMs * 2 ** (failures - 1), 0.1));
  const told = toldToWaitMs(error);
  if (told !== undefined) return Math.min(told, LONGEST_RETRY_AFTER_MS);
  return needsAPerson(error) ? DENIED_PAUSE_MS : backOffMs(failures);
}

/** By the host, or by the gate before it: asking earlier is no use. */
export const toldToWaitMs = (error: unknown): number | undefined => (isCoded(error) ? error.retryAfterMs : undefined);

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isCoded(error) && error.hint ? `${error.message}; ${error.hint}` : error.message;
}

/** Undefined for a bug: those are not to be dressed up as an exit code. */
export function exitFor(error: unknown): AgentExit | undefined {
  const code = isCoded(error) ? EXIT_CODES[error.code] : undefined;
  if (code === undefined || !isCoded(error)) return undefined;
  return { code, reason: error.message, error: NAMES[error.code] ?? error.code, hint: error.hint ?? HINTS[error.code] };
}
