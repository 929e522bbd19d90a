/** What a person changes about a job: cancel, retry, priority, assignment. */
import { type Job, jobView } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { priorityArgument } from '../../priority.ts';
import { PRIORITY_DIRECTION } from '../../text/job-text.ts';
import { line, type Span } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';
import { unlessArchived } from '../../yard/find.ts';

const id = argument('id', 'the id of the job, or its beginning');

export const cancel: Command = defineCommand({
  name: 'job cancel',
  summary: 'cancel a job',
  details: 'One that runs is stopped by its agent, which may take a moment.',
  example: 'gityard job cancel 01k9x --reason "wrong branch"',
  acts: true,
  parameters: { id },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    const input = { jobId: args.id, by, reason: context.reason };
    const reply = await act(context, 'cancel', input, ({ result }) =>
      changed(result, result.status === 'cancelled' ? 'is cancelled' : `will be cancelled by ${result.agent}`),
    );
    return unlessArchived(context, args.id, reply);
  },
});

export const retry: Command = defineCommand({
  name: 'job retry',
  summary: 'put an ended job back into the queue',
  example: 'gityard job retry 01k9x --reason "the disk was full"',
  acts: true,
  parameters: { id },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    const input = { jobId: args.id, by, reason: context.reason };
    const reply = await act(context, 'retry', input, ({ result }) =>
      changed(result, `is queued for attempt ${result.attempts.length + 1}`),
    );
    return unlessArchived(context, args.id, reply);
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
    const reply = await act(context, 'prioritise', input, ({ result }) =>
      changed(result, `has priority ${result.priority} (${PRIORITY_DIRECTION})`),
    );
    return unlessArchived(context, args.id, reply);
  },
});

export const assign: Command = defineCommand({
  name: 'job assign',
  summary: 'say which agent must run a job',
  example: 'gityard job assign 01k9x build2',
  acts: true,
  parameters: { id, assignee: argument('agent', 'the agent; "anyone" takes the assignment back') },
  run: async (context, args) => {
    const agentId = args.assignee === 'anyone' ? null : args.assignee;
    const input = { jobId: args.id, agentId, reason: context.reason };
    const reply = await act(context, 'assign', input, ({ result }) =>
      changed(result, `is for ${result.assignedTo ?? 'anyone'}`),
    );
    return unlessArchived(context, args.id, reply);
  },
});

const changed = (job: Job, what: Span): Answer => answer(jobView(job), () => [line('job ', job.id, ' ', what)]);
