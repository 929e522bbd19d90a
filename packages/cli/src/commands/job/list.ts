/** The queue: held jobs first, then those that wait in the order they will be claimed, then what has ended. */
import { currentAttempt, JOB_STATUSES, type Job, jobView, type State } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { list as listOption, option, wholeNumber } from '../../parameters.ts';
import { jobTable } from '../../text/job-text.ts';
import { dim } from '../../text/lines.ts';
import { glance } from '../../yard/rows.ts';
import { watchScreen } from '../../yard/watch-screen.ts';

const parameters = {
  status: listOption('status,…', `only these: ${JOB_STATUSES.join(', ')}`),
  branch: option('name', 'only of this branch'),
  group: option('name', 'only of this group'),
  label: listOption('a,b', 'only those that ask for all of these'),
  on: option('agent', 'only those that it holds, held last, or is assigned'),
  by: option('name', 'only what this one submitted'),
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

interface Choice extends Wanted {
  readonly limit: number | undefined;
}

async function listed(
  context: Context,
  state: State,
  { limit = Number.POSITIVE_INFINITY, ...wanted }: Choice,
): Promise<Answer> {
  for (const word of wanted.status)
    if (!isStatus(word)) throw usageError(`--status ${word} is not known`, `choose among ${JOB_STATUSES.join(', ')}`);
  const { model } = await glance(context, state);
  const rows = [...model.jobs, ...model.finished];
  const order = new Map(rows.map((row, at) => [row.id, at]));
  const placeOf = (job: Job): number => order.get(job.id) ?? rows.length;
  const isShown = ({ id }: { id: string }): boolean => {
    const job = state.jobs.get(id);
    return job !== undefined && isWanted(job, wanted);
  };

  const jobs = [...state.jobs]
    .filter((job) => isWanted(job, wanted))
    .sort((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
  const shown = rows.filter(isShown).slice(0, limit);
  return answer(jobs.map(jobView), () => [
    ...(shown.length === 0 ? [[dim('no jobs')]] : jobTable(shown, model.at)),
    ...(jobs.length > shown.length ? [[dim(`… ${jobs.length - shown.length} more; --json lists all`)]] : []),
  ]);
}

const isStatus = (word: string): boolean => (JOB_STATUSES as readonly string[]).includes(word);

interface Wanted {
  readonly status: readonly string[];
  readonly branch: string | undefined;
  readonly group: string | undefined;
  readonly label: readonly string[];
  readonly on: string | undefined;
  readonly by: string | undefined;
}

function isWanted(job: Job, { status, branch, group, label, on, by }: Wanted): boolean {
  const agents = [job.agent ?? currentAttempt(job)?.agent, job.assignedTo];
  return (
    (status.length === 0 || status.includes(job.status)) &&
    (branch === undefined || job.branch === branch) &&
    (group === undefined || job.group === group) &&
    (on === undefined || agents.includes(on)) &&
    (by === undefined || job.submittedBy === by) &&
    label.every((it) => job.labels.includes(it))
  );
}
