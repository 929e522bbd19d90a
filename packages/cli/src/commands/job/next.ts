/** Claims the next job for an agent that is driven by hand or by a script; enters the agent when it is not known yet. */
import { jobView } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { list, option } from '../../parameters.ts';
import { jobInFull } from '../../text/job-text.ts';
import { act } from '../../yard/act.ts';
import { enterByHand, onlyReports } from '../../yard/enter-agent.ts';

export const command = defineCommand({
  name: 'job next',
  summary: 'claim the next job for an agent, by hand',
  details:
    'Exits 1 when there is none. An unknown agent is entered first, as is one that only reported (gityard health update), and takes whatever it is asked to run.',
  example: 'gityard job next --agent build1 --json',
  acts: true,
  parameters: {
    labels: list('a,b', 'labels of the agent, when it is entered'),
    pool: option('name', 'pool of the agent, when it is entered'),
  },
  run: async (context, { labels, pool }) => {
    const { id: agentId } = await context.identity();
    const state = await context.look();
    if (!state.agents.has(agentId) || onlyReports(state, agentId)) {
      const entered = await enterByHand(context, agentId, { labels, pool });
      if (typeof entered === 'number' || 'ok' in entered || context.flags.dryRun) return entered;
    }
    return act(context, 'claim', { agentId, boot: null }, ({ result }) =>
      answer(jobView(result), () => jobInFull(result, context.now())),
    );
  },
});
