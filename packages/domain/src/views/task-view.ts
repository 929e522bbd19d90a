/** Tasks as programs read them, and the order in which all of them are shown: what runs, what waits, what has ended. */
import { currentAttempt, isFinished, isHeld, type Job } from '../entities/job.ts';
import { claimOrder } from '../scheduling/order.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';

export interface TaskView {
  readonly id: string;
  readonly text: string;
  readonly status: Job['status'];
  readonly priority: number;
  readonly tags: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly submittedAt: Time;
  readonly submittedBy: string;
  /** Who works on it, or did last. */
  readonly worker: string | null;
  readonly startedAt: Time | null;
  readonly endedAt: Time | null;
  readonly exitCode: number | null;
  /** What its processor answered. */
  readonly result: string | null;
  /** Why it failed. */
  readonly reason: string | null;
  readonly log: string | null;
}

/** null: the job is a build. */
export function taskView(job: Job): TaskView | null {
  const { id, status, priority, labels, task, submittedAt, submittedBy, endedAt, result } = job;
  if (!task) return null;
  const attempt = currentAttempt(job);
  return {
    id,
    text: task.text,
    status,
    priority,
    tags: labels,
    parameters: task.parameters,
    submittedAt,
    submittedBy,
    worker: attempt?.agent ?? null,
    startedAt: attempt?.startedAt ?? null,
    endedAt,
    exitCode: result?.exitCode ?? attempt?.exitCode ?? null,
    result: result?.text ?? null,
    reason: isFinished(job) ? (attempt?.reason ?? null) : null,
    log: result?.log ?? null,
  };
}

/** Those that have all of the tags. */
export function tasksWith(state: State, tags: readonly string[], now: Time): readonly Job[] {
  const wanted = tags.map((it) => it.toLowerCase());
  const found = [...state.jobs].filter(({ task, labels }) => {
    const own = labels.map((it) => it.toLowerCase());
    return task !== null && wanted.every((it) => own.includes(it));
  });
  const waitingFirst = claimOrder(state, now);
  return found.sort((a, b) => rank(a) - rank(b) || (isFinished(a) ? newestEnd(a, b) : waitingFirst(a, b)));
}

const rank = (job: Job): number => (isHeld(job) ? 0 : isFinished(job) ? 2 : 1);
const newestEnd = (a: Job, b: Job): number => endMs(b) - endMs(a) || (a.id < b.id ? 1 : -1);
const endMs = (job: Job): number => toMs(job.endedAt ?? job.submittedAt);
