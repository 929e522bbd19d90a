/** A job for each enabled branch, most urgent first, in one commit. */
import { profilesOf } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { dim } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { act } from '../../yard/act.ts';

/** Profiles that somebody else enters meanwhile need ids as well. */
const SPARE = 20;

export const command = defineCommand({
  name: 'branch queue-all',
  summary: 'a job for each enabled branch',
  details: 'Each builds the newest commit of its branch. One that waits already is not queued twice.',
  example: 'gityard branch queue-all --reason "after the upgrade of the compilers"',
  acts: true,
  parameters: {},
  run: async (context) => {
    const { id: by } = await context.identity();
    const { state } = await context.yard();
    const ids = Array.from({ length: profilesOf(state).length + SPARE }, () => newId());
    return act(context, 'queue-branches', { ids, by }, ({ result, commit }) =>
      answer(
        result.map((it) => ({ ...it, commit })),
        () =>
          table({
            heads: ['PRIO', 'NAME', 'JOB', ''],
            rows: result.map((it) => [String(it.priority), it.name, it.job, it.isNew ? '' : dim('waited already')]),
          }),
      ),
    );
  },
});
