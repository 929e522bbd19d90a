/** Why a job waits, whether it can ever run, and when. */
import { explain } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { whyText } from '../../text/why-text.ts';
import { findJobAnywhere } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'job why',
  summary: 'why a job waits, and whether it can ever run',
  example: 'gityard job why 01k9x',
  parameters: { id: argument('id', 'the id of the job, or its beginning') },
  run: async (context, { id }) => {
    const state = await context.look();
    const job = findJobAnywhere(await context.yard(), id);
    const explanation = explain(state, job, context.now());
    return answer({ ...explanation, split: job.split }, () => whyText(explanation, job));
  },
});
