/** Which agent should build a branch, and why. */
import { type AgentChoice, historyOf, isRequirement, predictAgents, STRATEGIES, TOOLCHAINS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, list, oneOf, option } from '../../parameters.ts';
import { dim, good, type Line, line, warn } from '../../text/lines.ts';
import { knownRecords, questionOf } from '../../yard/known-records.ts';

export const command = defineCommand({
  name: 'predict agent',
  summary: 'which agent should build a branch, and why',
  details:
    'Of those that can: idle before busy, less loaded before more, with the project in its cache before without, then the ' +
    'fastest. Exits 1 when none can.',
  example: 'gityard predict agent main',
  parameters: {
    branch: argument('branch', 'the branch, or the name of its profile'),
    repo: option('url', 'the repository; else that of the profile of the branch'),
    toolchain: oneOf(TOOLCHAINS, 'how it is built'),
    strategy: oneOf(STRATEGIES, 'over what and where'),
    labels: list('a,b', 'labels that the agent must all have'),
    requires: list('dotnet>=8,…', 'what the agent must be able to do'),
  },
  run: async (context, { labels, requires, ...asked }) => {
    const odd = requires.find((it) => !isRequirement(it));
    if (odd !== undefined) throw usageError(`--requires ${odd} is no requirement`, 'write it like dotnet>=8');
    const state = await context.look();
    const known = questionOf(context, state, asked);
    const question = {
      ...known,
      labels: [...(known.labels ?? []), ...labels],
      requires: [...(known.requires ?? []), ...requires],
    };
    const agents = predictAgents(state, historyOf(knownRecords(context, state)), question, context.now());
    const recommended = agents[0]?.available ? agents[0].agent : null;
    const value = { branch: question.branch, repository: question.repository ?? null, recommended, agents };
    return answer(value, () => drawn(agents), recommended === null ? 1 : 0);
  },
});

function drawn(agents: readonly AgentChoice[]): Line[] {
  if (agents.length === 0) return [[dim('no agent has joined the yard')]];
  return agents.map(({ agent, available, why }, at) =>
    line(at === 0 && available ? good(agent) : available ? agent : warn(agent), dim(`  ${why.join(', ')}`)),
  );
}
