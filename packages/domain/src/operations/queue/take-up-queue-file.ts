/**
 * Takes up a file of the inbox: all its wishes become operations in one commit, which also deletes the file. A file that
 * is broken, or asks for what is refused, stays where it is and gets one answer; mended, it is taken up.
 */

import { applyChanges } from '../../apply-changes.ts';
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import type { Job } from '../../entities/job.ts';
import type { CommandWish, JobWish } from '../../entities/queue-file.ts';
import { priorityLevel } from '../../priority-level.ts';
import type { Change, QueueFile, State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { type JobRequest, submitJob } from '../jobs/submit-job.ts';
import { grantCommand } from './grant-command.ts';

export interface TakeUpQueueFile {
  readonly path: string;
  /** The content that was seen; another content is another file. */
  readonly blob: string;
  /** One id for each job that the file may ask for. */
  readonly ids: readonly string[];
  readonly by: string;
  /** Who committed the file, or merged it in: whose word it is where it approves something. Left out: nobody has looked. */
  readonly author?: string | null;
  readonly now: Time;
}
export type TakenUp =
  | { readonly taken: true; readonly jobs: readonly string[] }
  | { readonly taken: false; readonly reason: string };

export function takeUpQueueFile(state: State, input: TakeUpQueueFile): Decision<TakenUp> {
  const file = state.queue.get(input.path);
  if (!file || file.blob !== input.blob)
    return refuse('NOTHING_TO_DO', `${input.path} was taken up or changed meanwhile`, [input.path]);
  if (file.problem) return answered(file, file.problem.reason, file.problem.line);

  const granted = grantAll(state, file.wishes, input);
  if (!granted.ok) return answered(file, granted.reason, null);
  const { changes, jobs } = granted;
  const what = jobs.length === 1 ? `job ${jobs[0]}` : `${jobs.length} jobs`;
  const subject = { by: input.author ?? null, job: jobs.length === 1 ? jobs[0] : undefined };
  return accept(
    { taken: true, jobs },
    [...changes, { kind: 'queue-taken', id: file.path }],
    `take up ${file.path}: ${what}`,
    subject,
  );
}

function answered(file: QueueFile, reason: string, line: number | null): Decision<TakenUp> {
  const result = { taken: false, reason } as const;
  if (file.answered === file.blob) return accept(result, [], `${file.path} has its answer already`);
  const change = {
    kind: 'queue-answer',
    id: file.path,
    blob: file.blob,
    reason,
    line,
  } as const;
  return accept(result, [change], `answer ${file.path}: ${reason.slice(0, 100)}`);
}

type Granted =
  | {
      readonly ok: true;
      readonly changes: readonly Change[];
      readonly jobs: readonly string[];
    }
  | Refused;

function grantAll(
  state: State,
  wishes: readonly (JobWish | CommandWish)[],
  { ids, by, author = null, now }: TakeUpQueueFile,
): Granted {
  const changes: Change[] = [];
  const jobs: string[] = [];
  let current = state;
  for (const wish of wishes) {
    const id = ids[jobs.length];
    if (id === undefined && !('op' in wish)) return refuse('INVALID_DATA', 'asks for more jobs than one commit takes');
    const decision =
      'op' in wish
        ? granted(current, wish, { by, author, now })
        : submitJob(current, { id: id ?? '', job: requestOf(wish), by, committedBy: author, now });
    if (!decision.ok) return refusedWish(decision, wishes.length === 1 ? null : wishes.indexOf(wish) + 1);
    if (!('op' in wish)) jobs.push((decision.result as Job).id);
    changes.push(...decision.changes);
    current = applyChanges(current, decision.changes);
  }
  return { ok: true, changes, jobs };
}

/** Whose file it is matters only where a person's word is asked for: the rest anybody may who can write into the yard. */
export const isPersonsWord = (wish: JobWish | CommandWish): boolean =>
  'op' in wish && (wish.op === 'approve' || wish.op === 'reject');

type Granting = Pick<TakeUpQueueFile, 'by' | 'now'> & { readonly author: string | null };

function granted(state: State, wish: CommandWish, { by, author, now }: Granting): Decision<unknown> {
  if (!isPersonsWord(wish)) return grantCommand(state, wish, { by, now });
  if (author !== null) return grantCommand(state, wish, { by: author, now });
  return refuse('DENIED', `whoever committed it is not known, and to ${wish.op} is for a person`, [wish.target]);
}

/** Of many wishes somebody has to find the one. */
const refusedWish = (refused: Refused, number: number | null): Refused => ({
  ...refused,
  reason: `cannot be done: ${number === null ? '' : `wish ${number}: `}${refused.reason}`,
});

/** What a wish asks the queue for: names that people may use besides are those of the job. */
export function requestOf({
  repo,
  repository,
  priority,
  supersede,
  $schema: _,
  schemaVersion: __,
  ...rest
}: JobWish): JobRequest {
  const level = priorityLevel(priority);
  return {
    ...rest,
    repository: repository ?? repo ?? null,
    supersede: supersede === true ? 'queued' : supersede || null,
    ...(level === undefined ? {} : { priority: level }),
  };
}
