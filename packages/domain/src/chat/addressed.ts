/** Which agents answer to the name of a bot in a chat: the agent of that name, or the members of that role of yard.json. */
import type { State } from '../state.ts';
import { idFrom } from '../text.ts';

export function agentsCalled(state: State, bot: string): readonly string[] {
  const id = idFrom(bot);
  if (state.agents.has(id)) return [id];
  const members = Object.entries(state.yard.roles).find(([role]) => idFrom(role) === id)?.[1] ?? [];
  return members.filter((member) => state.agents.has(member));
}
