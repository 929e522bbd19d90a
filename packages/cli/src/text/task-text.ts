/** Tasks as people read them: one line each, one in full, and how one ended. Draws from views; asks nothing. */
import { explain, isFinished, type Job, type State, type Time, taskView } from '@gityard/domain';
import { PRIORITY_DIRECTION } from './job-text.ts';
import { dim, type Line, line, paragraph } from './lines.ts';
import { table } from './table.ts';
import { agoText, statusSpan } from './words.ts';

export function taskTable(state: State, tasks: readonly Job[], now: Time): Line[] {
  if (tasks.length === 0) return [[dim('no tasks')]];
  return table({
    heads: ['task', 'status', 'prio (1 = first)', 'tags', 'worker', 'since', 'text'],
    rows: tasks.map((job) => [
      job.id,
      statusSpan(isStuck(state, job, now) ? 'stuck' : job.status),
      String(job.priority),
      job.labels.join(','),
      job.attempts.at(-1)?.agent ?? '',
      agoText(job.endedAt ?? job.attempts.at(-1)?.startedAt ?? job.submittedAt, now),
      clip(job.task?.text ?? '', 70),
    ]),
  });
}

const isStuck = (state: State, job: Job, now: Time): boolean =>
  job.status === 'queued' && !explain(state, job, now, { ahead: 0 }).canEverRun;

export function taskInFull(state: State, job: Job, now: Time): Line[] {
  const view = taskView(job);
  if (!view) return [];
  const facts: readonly (readonly [string, string])[] = [
    ['text', view.text],
    ['priority', `${view.priority} (${PRIORITY_DIRECTION})`],
    ['tags', view.tags.join(', ')],
    ['parameters', Object.keys(view.parameters).length === 0 ? '' : JSON.stringify(view.parameters)],
    ['asked for', `by ${view.submittedBy}, ${agoText(view.submittedAt, now)}`],
    ['worker', view.worker ?? ''],
    ['ended', agoText(view.endedAt, now)],
    ['waits', isFinished(job) ? '' : (explain(state, job, now).reasons[0]?.text ?? '')],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const rows = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [dim(name.padEnd(width)), `  ${value}`]);
  return [line('task ', view.id, ' ', statusSpan(view.status)), ...rows, ...outcome(job)];
}

export const taskEnd = (job: Job): Line[] => [...outcome(job), line('task ', job.id, ' ', statusSpan(job.status))];

/** What it printed, and what was wrong. */
function outcome(job: Job): Line[] {
  const { result = null, reason = null } = taskView(job) ?? {};
  return [
    ...(result === null || result.trim() === '' ? [] : paragraph(result.replace(/\n$/, ''))),
    ...(reason === null ? [] : [line(dim('because'), `  ${reason}`)]),
  ];
}

const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
