/** One line of the read model for each thing but jobs, with every text cut to what a page shows: a row has a largest size. */
import type { Agent } from '../entities/agent.ts';
import type { Lock } from '../entities/lock.ts';
import type { Message } from '../entities/message.ts';
import type { NeedsYou, ReadModel } from '../entities/read-model.ts';
import { isExpired, missingAcks } from '../recipients.ts';
import type { QueuePause } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { clipped, clippedOrNull, shortList } from '../text.ts';
import type { Time } from '../time.ts';
import type { FileProblem } from './broken-files.ts';
import { agentLine } from './fleet-status.ts';
import type { UpkeepLine } from './upkeep.ts';

type AgentRow = ReadModel['agents'][number];

export function agentRow(state: State, agent: Agent, now: Time): AgentRow {
  const loops = state.heartbeats.get(agent.id)?.loops ?? [];
  const shown = agentLine(state, agent, now);
  return {
    ...shown,
    strains: [...shown.strains],
    modeBy: clippedOrNull(shown.modeBy, 60),
    modeReason: clippedOrNull(shown.modeReason, 200),
    host: clipped(agent.host, 60),
    labels: shortList(agent.labels, 10),
    slots: agent.slots,
    loops: loops.slice(0, 12).map(({ name, doing, since, error }) => ({
      name: clipped(name, 20),
      doing: clipped(doing, 60),
      since,
      error: clippedOrNull(error, 120),
    })),
  };
}

export function messageHead(state: State, message: Message, now: Time): ReadModel['messages'][number] {
  const { id, type, priority, sentAt, ackBy } = message;
  return {
    id,
    from: clipped(message.from, 60),
    to: clipped(message.to, 60),
    type,
    priority,
    subject: clipped(message.subject, 120),
    sentAt,
    readBy: Object.keys(message.readBy).length,
    ackedBy: Object.keys(message.ackedBy).length,
    ackBy,
    missingAcks: missingAcks(state, message, now).length,
    expired: isExpired(message, now),
  };
}

export function lockRow({ name, token, count, holders, waiting }: Lock): ReadModel['locks'][number] {
  const [first] = holders;
  return {
    name,
    holder: clippedOrNull(first?.holder ?? null, 110),
    token,
    acquiredAt: first?.acquiredAt ?? null,
    expiresAt: first?.expiresAt ?? null,
    count,
    holders: holders.length,
    waiting: waiting.length,
  };
}

export const needRow = ({ code, text, refs }: NeedsYou): NeedsYou => ({
  code,
  text: clipped(text, 300),
  refs: shortList(refs, 5),
});

export const pauseRow = ({ pool, by, at, reason, until }: QueuePause): ReadModel['paused'][number] => ({
  pool: clippedOrNull(pool, 60),
  by: clipped(by, 60),
  at,
  reason: clippedOrNull(reason, 200),
  until,
});

export const upkeepRow = (line: UpkeepLine): UpkeepLine => ({
  ...line,
  did: clipped(line.did, 120),
  error: clippedOrNull(line.error, 200),
});

export const fileRow = ({
  path,
  code,
  reason,
  line,
  author,
  restored,
}: FileProblem): ReadModel['quarantined'][number] => ({
  path: clipped(path, 200),
  code: clipped(code, 50),
  reason: clipped(reason, 200),
  line,
  author: clippedOrNull(author, 100),
  restored,
});
