/** One task: how it stands, why it waits, and what its processor answered. */
import { taskView } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { taskInFull } from '../../text/task-text.ts';
import { findTaskAnywhere } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'task status',
  summary: 'how a task stands, and what came of it',
  example: 'gityard task status 01k9x',
  parameters: { id: argument('id', 'the id of the task, or its beginning') },
  async run(context, { id }) {
    const state = await context.look();
    const job = findTaskAnywhere(await context.yard(), id);
    const view = taskView(job);
    if (!view)
      throw new CliError('NOT_FOUND', `job ${job.id} is a build and no task`, { hint: `gityard job show ${job.id}` });
    return answer(view, () => taskInFull(state, job, context.now()));
  },
});
