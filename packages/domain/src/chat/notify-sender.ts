/**
 * The message to whoever asked for a task and wants to hear of it. It rides in the commit that takes or ends the task, under
 * an id that follows from both, so it is sent exactly once and needs nobody to look after it.
 */
import type { Job } from '../entities/job.ts';
import { type Change, putMessage, type State } from '../state.ts';
import { clipped } from '../text.ts';
import type { Time } from '../time.ts';
import { validate } from '../validate.ts';
import { type TaskNotice, taskNotice } from './task-notice.ts';

export interface TellSender {
  readonly notice: TaskNotice;
  readonly worker: string;
  readonly now: Time;
}

/** Nothing while tries are left, or when it was cancelled: whoever did that knows. */
export function tellEnd(state: State, job: Job, told: Omit<TellSender, 'notice'>): readonly Change[] {
  if (job.status === 'succeeded') return tellSender(state, job, { ...told, notice: 'completed' });
  return job.status === 'failed' ? tellSender(state, job, { ...told, notice: 'failed' }) : [];
}

export function tellSender(state: State, job: Job, { notice, worker, now }: TellSender): readonly Change[] {
  const { task, submittedBy } = job;
  if (!task?.notify) return [];
  const id = `${job.id.slice(0, 60)}-${job.token}-${notice}`;
  if (state.messages.has(id)) return [];
  const asked = task.message !== null && state.messages.has(task.message);
  const message = validate('message', {
    id,
    from: worker,
    to: submittedBy,
    type: notice === 'failed' ? 'error' : 'info',
    subject: clipped(task.text, 200),
    body: taskNotice(state.yard.language, { notice, task: job.id, worker, at: now }),
    sentAt: now,
    replyTo: asked ? task.message : null,
    automatic: true,
    hops: 1,
  });
  // A job by hand may have an odd sender; its end is worth more than the message of it.
  return message.ok ? [putMessage(message.value)] : [];
}
