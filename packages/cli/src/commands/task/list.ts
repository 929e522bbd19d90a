/** All tasks, or those with certain tags: what runs, what waits in the order it will be taken, what has ended. */
import { JOB_STATUSES, type State, tasksWith, taskView } from '@gityard/domain';
import { type Answer, answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { duration, flag, list, wholeNumber } from '../../parameters.ts';
import { taskTable } from '../../text/task-text.ts';
import { watchScreen } from '../../yard/watch-screen.ts';

const INTERVAL_MS = 10_000;

export const command = defineCommand({
  name: 'task list',
  summary: 'all tasks, in the order they will be taken',
  details: 'With --watch it looks again at each interval, until it is ended, and draws what has changed.',
  example: 'gityard task list --tags build --watch --interval 10s',
  parameters: {
    tags: list('a,b', 'only those that have all of them'),
    status: list('status,…', `only these: ${JOB_STATUSES.join(', ')}`),
    limit: wholeNumber('N', 'at most so many', { minimum: 1 }),
    watch: flag('draw it anew with every change'),
    interval: duration('time', 'between two looks of --watch; else 10s'),
  },
  async run(context, { watch, interval = INTERVAL_MS, ...choice }) {
    for (const word of choice.status)
      if (!(JOB_STATUSES as readonly string[]).includes(word))
        throw usageError(`--status ${word} is not known`, `choose among ${JOB_STATUSES.join(', ')}`);
    if (!watch) return listed(context, await context.look(), choice);
    return watchScreen(context, async (state) => listed(context, state, choice), {
      intervalMs: Math.max(200, interval),
    });
  },
});

interface Choice {
  readonly tags: readonly string[];
  readonly status: readonly string[];
  readonly limit: number | undefined;
}

function listed(context: Context, state: State, { tags, status, limit }: Choice): Answer {
  const now = context.now();
  const all = tasksWith(state, tags, now).filter((it) => status.length === 0 || status.includes(it.status));
  const tasks = all.slice(0, limit);
  return answer(tasks.map(taskView), () => taskTable(state, tasks, now));
}
