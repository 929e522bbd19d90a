/** Tasks as lines of text, for the answers to commands in messages. */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { clipped } from '../text.ts';
import type { Time } from '../time.ts';
import { explain } from '../views/explain.ts';
import { tasksWith, taskView } from '../views/task-view.ts';
import { stampOf } from './task-notice.ts';

const MOST_LINES = 50;

export function taskListText(state: State, tags: readonly string[], now: Time): string {
  const tasks = tasksWith(state, tags, now);
  const of = tags.length === 0 ? '' : ` with ${tags.join(', ')}`;
  if (tasks.length === 0) return `no tasks${of}`;
  const more = tasks.length > MOST_LINES ? [`… and ${tasks.length - MOST_LINES} more`] : [];
  const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}${of} (priority: 1 = first, 10 = last)`;
  return [count, ...tasks.slice(0, MOST_LINES).map(taskLine), ...more].join('\n');
}

function taskLine(job: Job): string {
  const worker = job.attempts.at(-1)?.agent;
  const where = worker === undefined ? '' : ` on ${worker}`;
  return `${job.id} ${job.status}${where}, priority ${job.priority}: ${clipped(job.task?.text ?? '', 120)}`;
}

export function taskStatusText(state: State, job: Job, now: Time): string {
  const view = taskView(job);
  if (!view) return `job ${job.id} is a build and no task: it is ${job.status}`;
  const { id, text, status, worker, tags, priority, submittedBy, submittedAt, endedAt, result, reason } = view;
  const waits = status === 'queued' ? explain(state, job, now).reasons[0]?.text : undefined;
  return [
    `task ${id}: ${status}${worker === null ? '' : ` on ${worker}`}`,
    clipped(text, 500),
    `tags: ${tags.join(', ') || 'none'}; priority ${priority} (1 = first); asked for by ${submittedBy} at ${stampOf(submittedAt)}`,
    ...(waits === undefined ? [] : [`waits: ${waits}`]),
    ...(endedAt === null ? [] : [`ended at ${stampOf(endedAt)}`]),
    ...(reason === null ? [] : [`because: ${clipped(reason, 500)}`]),
    ...(result === null ? [] : ['', clipped(result, 5000)]),
  ].join('\n');
}
