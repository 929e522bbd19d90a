/** How many messages there are, of which kinds, who has not read theirs, and how well people answer. */
import type { Message } from '../entities/message.ts';
import { isUnread, missingAcks, recipientsOf } from '../recipients.ts';
import type { State } from '../state.ts';
import { idFrom } from '../text.ts';
import { elapsedMs, isPast, type Time } from '../time.ts';

interface AgentMessages {
  readonly sent: number;
  readonly received: number;
  readonly unread: number;
  /** From the sending to the reading; null: nothing was read yet. */
  readonly medianSecondsToRead: number | null;
}
export interface MessageStats {
  readonly total: number;
  readonly automatic: number;
  readonly withFile: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byPriority: Readonly<Record<string, number>>;
  readonly byAgent: Readonly<Record<string, AgentMessages>>;
  readonly unreadBy: Readonly<Record<string, number>>;
  readonly medianSecondsToRead: number | null;
  readonly awaitingAck: number;
  readonly ackOverdue: number;
  readonly escalated: number;
  /** Of the acknowledgements that were asked for, the share that came; null: none was. */
  readonly ackRate: number | null;
}

export function messageStats(state: State, now: Time): MessageStats {
  const messages = [...state.messages];
  const awaiting = messages.filter((it) => missingAcks(state, it, now).length > 0);
  const byAgent = Object.fromEntries(namesIn(state, messages).map((id) => [id, statsOf(state, messages, id, now)]));
  return {
    total: messages.length,
    automatic: messages.filter((it) => it.automatic).length,
    withFile: messages.filter((it) => it.attachment !== null).length,
    byType: countBy(messages, (it) => it.type),
    byPriority: countBy(messages, (it) => it.priority),
    byAgent,
    unreadBy: Object.fromEntries([...state.agents].map(({ id }) => [id, byAgent[id]?.unread ?? 0]).sort()),
    medianSecondsToRead: median(messages.flatMap(readingTimes)),
    awaitingAck: awaiting.length,
    ackOverdue: awaiting.filter((it) => it.ackBy !== null && isPast(it.ackBy, now)).length,
    escalated: messages.filter((it) => Object.hasOwn(it.followUps, 'escalation')).length,
    ackRate: ackRate(state, messages),
  };
}

/** Agents, and whoever else wrote or was written to by name. */
function namesIn(state: State, messages: readonly Message[]): readonly string[] {
  const roles = new Set(['all', ...Object.keys(state.yard.roles).map(idFrom)]);
  const named = messages.flatMap(({ from, to }) => [idFrom(from), idFrom(to)]).filter((it) => !roles.has(it));
  return [...new Set([...[...state.agents].map((it) => it.id), ...named])].sort();
}

function statsOf(state: State, messages: readonly Message[], id: string, now: Time): AgentMessages {
  const received = messages.filter((it) => recipientsOf(state, it).some((name) => idFrom(name) === id));
  const times = received.flatMap((it) => {
    const at = Object.entries(it.readBy).find(([name]) => idFrom(name) === id)?.[1];
    return at === undefined ? [] : [secondsToRead(it, at)];
  });
  return {
    sent: messages.filter((it) => idFrom(it.from) === id).length,
    received: received.length,
    unread: received.filter((it) => isUnread(state, it, id, now)).length,
    medianSecondsToRead: median(times),
  };
}

const readingTimes = (message: Message): readonly number[] =>
  Object.values(message.readBy).map((at) => secondsToRead(message, at));

/** Clocks differ: nothing was read before it was sent. */
const secondsToRead = ({ sentAt }: Message, at: Time): number => Math.max(0, Math.round(elapsedMs(sentAt, at) / 1000));

function ackRate(state: State, messages: readonly Message[]): number | null {
  const asked = messages.filter((it) => it.ackBy !== null);
  const owed = asked.reduce((sum, it) => sum + recipientsOf(state, it).length, 0);
  const given = asked.reduce((sum, it) => sum + acksOf(state, it), 0);
  return owed === 0 ? null : given / owed;
}

function acksOf(state: State, message: Message): number {
  const acked = new Set(Object.keys(message.ackedBy).map(idFrom));
  return recipientsOf(state, message).filter((it) => acked.has(idFrom(it))).length;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function countBy(messages: readonly Message[], keyOf: (message: Message) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const message of messages) counts[keyOf(message)] = (counts[keyOf(message)] ?? 0) + 1;
  return counts;
}
