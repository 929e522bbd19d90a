/** Keeps waiting jobs from being claimed, and lets them go on. */
import { jobView } from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import { someArguments } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';
import { forEach } from '../../yard/each.ts';
import { unlessArchived } from '../../yard/find.ts';
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
    return forEach(context, args.ids, async (jobId) => {
      const reply = await act(context, 'pause', { jobId, by, reason: context.reason, until }, ({ result }) =>
        answer(jobView(result), () => [line('job ', result.id, ` is paused${until ? ` until ${until}` : ''}`)]),
      );
      return unlessArchived(context, jobId, reply);
    });
  },
});

export const resume: Command = defineCommand({
  name: 'job resume',
  summary: 'let a paused job be claimed again',
  example: 'gityard job resume 01k9x',
  acts: true,
  parameters: { ids },
  run: async (context, args) =>
    forEach(context, args.ids, async (jobId) => {
      const reply = await act(context, 'unpause', { jobId, reason: context.reason }, ({ result }) =>
        answer(jobView(result), () => [line('job ', result.id, ' may be claimed')]),
      );
      return unlessArchived(context, jobId, reply);
    }),
});
