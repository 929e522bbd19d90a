/** All agents, worst first. */
import { answer, defineCommand } from '../../command.ts';
import { agentTable } from '../../text/status-screen.ts';
import { glance } from '../../yard/rows.ts';

export const command = defineCommand({
  name: 'agent list',
  summary: 'all agents, worst first',
  example: 'gityard agent list',
  parameters: {},
  run: async (context) => {
    const { status } = await glance(context, await context.look());
    return answer(status.agents, () => agentTable(status.agents, status.at));
  },
});
