/** Tells hosts of the builds of their commits, where this agent was given what that takes. Hosts and their words are not known here. */
import type { AgentContext } from '../context.ts';

/** Under this name heartbeats say who can. */
export const COMMIT_STATUSES = 'commit-statuses';

export async function commitStatuses(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { options, yard } = context;
  return (await options.tellCommits?.({ state: yard.state, now: yard.now(), signal })) ?? null;
}

export const ownChannels = ({ options }: Pick<AgentContext, 'options'>): readonly string[] =>
  options.tellCommits ? [COMMIT_STATUSES] : [];
