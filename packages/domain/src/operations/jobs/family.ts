/**
 * What becomes of the rest of a split job when one of them ends: every operation that ends a job asks here, so that no end
 * is without its consequences. A part that failed for good ends its parent in the same commit, and with it the other parts;
 * followers of a canary are no conditions of each other, so the parent first hears how all of them went.
 */
import { currentAttempt, isFinished, type Job } from '../../entities/job.ts';
import { type Change, putJob, type State } from '../../state.ts';
import { clipped, endedWords } from '../../text.ts';
import type { Time } from '../../time.ts';

interface Ending {
  readonly by: string;
  readonly now: Time;
}

/** `job` is as it stands now, which is not in the state yet. */
export function endOfKin(state: State, job: Job, ending: Ending): readonly Change[] {
  if (!isFinished(job) || (job.parent === null && job.split === null)) return [];
  const below = cancelled(partsOf(state, job), {
    ...ending,
    reason: `job ${job.id}, of which it is a part, ${endedWords(job.status)}`,
  });
  return [...below, ...endOfParent(state, job, ending)];
}

function endOfParent(state: State, job: Job, ending: Ending): readonly Change[] {
  const parent = state.jobs.get(job.parent ?? '');
  if (parent?.status !== 'queued' || !parent.split?.children.includes(job.id)) return [];
  const parts = partsOf(state, parent).map((it) => (it.id === job.id ? job : it));
  const bad = parts.filter((it) => isFinished(it) && it.status !== 'succeeded');
  if (bad.length === 0) return [];
  const isFatal = bad.some((it) => it.part?.kind !== 'follower') || parts.every(isFinished);
  if (!isFatal) return [];
  const failure = clipped(bad.map((it) => howItEnded(it, parts)).join('; '), 2000);
  const failed: Job = { ...parent, status: 'failed', endedAt: ending.now, split: { ...parent.split, failure } };
  return [putJob(failed), ...cancelled(parts, { ...ending, reason: `job ${parent.id} failed: ${failure}` })];
}

/** In the order of its split. What was archived meanwhile has ended. */
export const partsOf = ({ jobs }: Pick<State, 'jobs'>, { split }: Job): readonly Job[] =>
  (split?.children ?? []).flatMap((id) => jobs.get(id) ?? []);

/** Those that wait end at once, those that run are asked to. */
function cancelled(
  parts: readonly Job[],
  { by, now, reason }: Ending & { readonly reason: string },
): readonly Change[] {
  const cancelRequested = { by: clipped(by, 255), at: now, reason: clipped(reason, 1000) };
  return parts
    .filter((it) => !isFinished(it) && it.cancelRequested === null)
    .map((it) =>
      putJob(
        it.status === 'queued'
          ? { ...it, status: 'cancelled', cancelRequested, endedAt: now }
          : { ...it, cancelRequested },
      ),
    );
}

const MOST_NAMES = 5;

function howItEnded(job: Job, parts: readonly Job[]): string {
  const last = currentAttempt(job);
  const where = last === undefined ? '' : ` on ${last.agent}`;
  const why = last?.reason ?? job.cancelRequested?.reason ?? null;
  return `${partName(job, parts)} ${endedWords(job.status)}${where}${why === null ? '' : `: ${why}`}`;
}

function partName(job: Job, parts: readonly Job[]): string {
  const { id, part, assignedTo } = job;
  if (part !== null && part.kind !== 'part') return `the ${part.kind} ${id} for ${assignedTo ?? 'any agent'}`;
  const projects = part?.projects ?? [];
  const more = projects.length - MOST_NAMES;
  const names = projects.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `part ${parts.indexOf(job) + 1} of ${parts.length}, ${id} (${names}),`;
}

/** What is said to a split job that waits is said to its parts that wait. */
export const toWaitingParts = (
  state: State,
  job: Job,
  change: Partial<Pick<Job, 'priority' | 'paused' | 'queuedAt'>>,
): readonly Change[] =>
  partsOf(state, job)
    .filter((it) => it.status === 'queued')
    .map((it) => putJob({ ...it, ...change }));
