/** Which messages are for an agent: those to it, to a role it has, and to all but its own. */
import type { Message, State } from '@gityard/domain';

export function isFor(state: State, agent: string, { to, from }: Message): boolean {
  if (to === agent) return true;
  if (from === agent) return false;
  if (to === 'all') return true;
  const { roles } = state.yard;
  return Object.hasOwn(roles, to) && (roles[to] ?? []).includes(agent);
}

export const hasRead = (agent: string, { readBy }: Message): boolean => Object.hasOwn(readBy, agent);

export const newestFirst = (messages: Iterable<Message>): Message[] =>
  [...messages].sort((a, b) => (a.sentAt === b.sentAt ? (a.id < b.id ? 1 : -1) : a.sentAt < b.sentAt ? 1 : -1));
