/** One job with everything that was tried. */
import { costOf, jobView, partsOf, traceLink } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { costLines } from '../../text/cost-text.ts';
import { jobInFull } from '../../text/job-text.ts';
import { findJobAnywhere } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'job show',
  summary: 'one job with its attempts',
  example: 'gityard job show 01k9x',
  parameters: { id: argument('id', 'the id of the job, or its beginning') },
  run: async (context, { id }) => {
    const yard = await context.yard();
    const job = findJobAnywhere(yard, id);
    const links = { trace: traceLink(yard.state.yard.links.trace, job) };
    const cost = costOf(yard.state, [job, ...partsOf(yard.state, job)], { now: context.now() });
    return answer({ ...jobView(job), cost, links }, () => [
      ...jobInFull(job, context.now(), links.trace),
      ...costLines(cost),
    ]);
  },
});
