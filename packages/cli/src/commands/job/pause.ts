/** Keeps waiting jobs from being claimed, and lets them go on. */
import { type Command, defineCommand } from '../../command.ts';
import { someArguments } from '../../parameters.ts';
import { changeJob } from '../../yard/change-job.ts';
import { forEach } from '../../yard/each.ts';
import { forLength, untilOf } from '../../yard/until.ts';

const ids = someArguments('id', 'the ids of the jobs, or their beginnings');

export const pause: Command = defineCommand({
  name: 'job pause',
  summary: 'keep a waiting job from being claimed',
  details: 'Until it is resumed, or for a time. What runs, runs on.',
  example: 'gityard job pause 01k9x --for 2h --reason "release day"',
  acts: true,
  parameters: { ids, for: forLength },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    const until = await untilOf(context, args.for);
    const words = `is paused${until ? ` until ${until}` : ''}`;
    return forEach(context, args.ids, (jobId) =>
      changeJob(context, 'pause', { jobId, by, reason: context.reason, until }, () => words),
    );
  },
});

export const resume: Command = defineCommand({
  name: 'job resume',
  summary: 'let a paused job be claimed again',
  example: 'gityard job resume 01k9x',
  acts: true,
  parameters: { ids },
  run: async (context, args) =>
    forEach(context, args.ids, (jobId) =>
      changeJob(context, 'unpause', { jobId, reason: context.reason }, () => 'may be claimed'),
    ),
});
