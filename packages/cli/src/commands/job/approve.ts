/** A person's word on a job that waits for it: that it may run, or that it must not. */
import { type Job, missingApprovals } from '@gityard/domain';
import { type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { someArguments } from '../../parameters.ts';
import { changeJob } from '../../yard/change-job.ts';
import { forEach } from '../../yard/each.ts';

const ids = someArguments('id', 'the ids of the jobs, or their beginnings');

export const approve: Command = defineCommand({
  name: 'job approve',
  summary: 'let a job run that waits for your approval',
  details:
    'Who may is said by the job, or by yard.json ("approvals" and "people"). You are who --agent, or your identity, says. ' +
    'An approval has its time, and is void when the job is changed. A job without a commit builds what its branch holds when it ' +
    'runs, also what came after the approval: job add --commit names one.',
  example: 'gityard job approve 01k9x --agent ann --reason "the release is announced"',
  acts: true,
  parameters: { ids },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    return forEach(context, args.ids, async (jobId) => {
      const { state } = await context.yard();
      return changeJob(context, 'approve', { jobId, by, reason: context.reason }, (job) =>
        approvedWords(state, job, context),
      );
    });
  },
});

export const reject: Command = defineCommand({
  name: 'job reject',
  summary: 'cancel a job that waits for your approval, and say why',
  example: 'gityard job reject 01k9x --agent ann --reason "not before the freeze is over"',
  acts: true,
  parameters: { ids },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    return forEach(context, args.ids, (jobId) =>
      changeJob(context, 'reject', { jobId, by, reason: context.reason }, () => 'is rejected, and cancelled'),
    );
  },
});

type State = Awaited<ReturnType<Context['yard']>>['state'];

function approvedWords(state: State, job: Job, { now }: Pick<Context, 'now'>): string {
  const missing = missingApprovals(state, job, now()).reduce((sum, it) => sum + it.gate.count - it.given.length, 0);
  const what =
    job.repository !== null && job.commit === null ? `, for whatever ${job.branch ?? 'it'} holds when it runs` : '';
  return missing === 0 ? `is approved${what}` : `is approved by you${what}; ${missing} more to come`;
}
