/** What must not come with an import: whatever would run, hold on, or take work by itself. Also a rule of the audit. */
import type { Agent } from '../../entities/agent.ts';
import { isHeld, type Job } from '../../entities/job.ts';
import type { Lock } from '../../entities/lock.ts';
import type { Message } from '../../entities/message.ts';

/** The rest of a sentence about it; undefined: it rests. */
export function unrest(
  kind: 'agent' | 'job' | 'lock' | 'message',
  value: Agent | Job | Lock | Message,
): string | undefined {
  if (kind === 'job') return jobUnrest(value as Job);
  if (kind === 'lock') return lockUnrest(value as Lock);
  return kind === 'agent' && (value as Agent).mode === 'active' ? 'would take jobs' : undefined;
}

export function jobUnrest(job: Job): string | undefined {
  if (isHeld(job)) return `is ${job.status}`;
  const isPaused = job.paused !== null && job.paused.until === null;
  return job.status === 'queued' && !isPaused ? 'waits without being paused for good' : undefined;
}

/** Open, and nobody here has done anything to it since it came. */
export const waitsAsImported = ({ importedFrom, status, paused, token, attempts }: Job): boolean =>
  importedFrom !== undefined && status === 'queued' && paused?.by === 'import' && token === 0 && attempts.length === 0;

export const lockUnrest = (lock: Lock): string | undefined =>
  lock.holders.some((it) => it.expiresAt === null) ? 'is held without an end' : undefined;
