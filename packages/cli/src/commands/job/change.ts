/** What a person changes about a job: cancel, retry, priority, assignment. */
import { isFinished, type Job } from '@gityard/domain';
import { type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { argument, duration, option, optionalArguments, someArguments } from '../../parameters.ts';
import { priorityArgument } from '../../priority.ts';
import { PRIORITY_DIRECTION } from '../../text/job-text.ts';
import { changeJob } from '../../yard/change-job.ts';
import { forEach } from '../../yard/each.ts';
import { untilOf } from '../../yard/until.ts';

const id = argument('id', 'the id of the job, or its beginning');
const ids = someArguments('id', 'the ids of the jobs, or their beginnings');

export const cancel: Command = defineCommand({
  name: 'job cancel',
  summary: 'cancel a job, or several',
  details: 'One that runs is stopped by its agent, which may take a moment.',
  example: 'gityard job cancel 01k9x --reason "wrong branch"',
  acts: true,
  parameters: {
    ids: optionalArguments('id', 'the ids of the jobs, or their beginnings'),
    branch: option('name', 'every open job of this branch'),
    group: option('name', 'every open job of this group'),
  },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    return forEach(context, await chosen(context, args), (jobId) =>
      changeJob(context, 'cancel', { jobId, by, reason: context.reason }, ({ status, agent }) =>
        status === 'cancelled' ? 'is cancelled' : `will be cancelled by ${agent}`,
      ),
    );
  },
});

export const retry: Command = defineCommand({
  name: 'job retry',
  summary: 'put an ended job back into the queue',
  example: 'gityard job retry 01k9x --reason "the disk was full"',
  acts: true,
  parameters: { ids },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    return forEach(context, args.ids, (jobId) =>
      changeJob(
        context,
        'retry',
        { jobId, by, reason: context.reason },
        ({ attempts }) => `is queued for attempt ${attempts.length + 1}`,
      ),
    );
  },
});

export const priority: Command = defineCommand({
  name: 'job priority',
  summary: 'give a job another priority',
  example: 'gityard job priority 01k9x High',
  acts: true,
  parameters: { id, priority: priorityArgument },
  run: async (context, args) => {
    const input = { jobId: args.id, priority: args.priority, reason: context.reason };
    return changeJob(context, 'prioritise', input, (job) => `has priority ${job.priority} (${PRIORITY_DIRECTION})`);
  },
});

export const assign: Command = defineCommand({
  name: 'job assign',
  summary: 'say which agent must run a job',
  example: 'gityard job assign 01k9x build2',
  acts: true,
  parameters: {
    id,
    assignee: argument('agent', 'the agent; "anyone" takes the assignment back'),
    for: duration('time', 'afterwards anyone may run it; else never'),
  },
  run: async (context, args) => {
    const agentId = args.assignee === 'anyone' ? null : args.assignee;
    const until = agentId === null ? null : await untilOf(context, args.for);
    const input = { jobId: args.id, agentId, until, reason: context.reason };
    const untilText = until ? ` until ${until}` : '';
    return changeJob(context, 'assign', input, ({ assignedTo }) => `is for ${assignedTo ?? 'anyone'}${untilText}`);
  },
});

interface Choice {
  readonly ids: readonly string[];
  readonly branch: string | undefined;
  readonly group: string | undefined;
}

async function chosen(context: Context, { ids: named, branch, group }: Choice): Promise<readonly string[]> {
  const isChoice = branch !== undefined || group !== undefined;
  if (named.length > 0 === isChoice)
    throw usageError('<id> or --branch or --group says which', 'give one of the three');
  if (!isChoice) return named;
  const { state } = await context.yard();
  const open = [...state.jobs].filter((job) => !isFinished(job) && isOf(job, { branch, group }));
  return open.map((job) => job.id).sort();
}

const isOf = (job: Job, { branch, group }: Pick<Choice, 'branch' | 'group'>): boolean =>
  (branch === undefined || job.branch === branch) && (group === undefined || job.group === group);
