/** The queue: held jobs first, then those that wait in the order they will be claimed, then what has ended. */
import { JOB_STATUSES, type Job, jobView, type State } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { list as listOption, wholeNumber } from '../../parameters.ts';
import { jobTable } from '../../text/job-text.ts';
import { dim } from '../../text/lines.ts';
import { glance } from '../../yard/rows.ts';
import { watchScreen } from '../../yard/watch-screen.ts';

const parameters = {
  status: listOption('status,…', `only these: ${JOB_STATUSES.join(', ')}`),
  limit: wholeNumber('N', 'at most so many', { minimum: 1 }),
};

export const command: Command = defineCommand({
  name: 'job list',
  summary: 'all jobs, in the order they will run',
  example: 'gityard job list --status queued,running',
  parameters,
  run: async (context, choice) => listed(context, await context.look(), choice),
});

export const watch: Command = defineCommand({
  name: 'job watch',
  summary: 'the queue, drawn anew with every change',
  details: 'As JSON: a line for each change.',
  example: 'gityard job watch --status running',
  parameters,
  run: (context, choice) => watchScreen(context, (state) => listed(context, state, choice)),
});

interface Choice {
  readonly status: readonly string[];
  readonly limit: number | undefined;
}

async function listed(
  context: Context,
  state: State,
  { status, limit = Number.POSITIVE_INFINITY }: Choice,
): Promise<Answer> {
  for (const word of status)
    if (!isStatus(word)) throw usageError(`--status ${word} is not known`, `choose among ${JOB_STATUSES.join(', ')}`);
  const { model } = await glance(context, state);
  const rows = [...model.jobs, ...model.finished];
  const order = new Map(rows.map((row, at) => [row.id, at]));
  const placeOf = (job: Job): number => order.get(job.id) ?? rows.length;
  const isWanted = (it: { status: string }): boolean => status.length === 0 || status.includes(it.status);

  const jobs = [...state.jobs]
    .filter(isWanted)
    .sort((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
  const shown = rows.filter(isWanted).slice(0, limit);
  return answer(jobs.map(jobView), () => [
    ...(shown.length === 0 ? [[dim('no jobs')]] : jobTable(shown, model.at)),
    ...(jobs.length > shown.length ? [[dim(`… ${jobs.length - shown.length} more; --json lists all`)]] : []),
  ]);
}

const isStatus = (word: string): boolean => (JOB_STATUSES as readonly string[]).includes(word);
