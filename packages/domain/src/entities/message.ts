/** `shared/messages/<message>.json`: what one agent or person told others. Immutable but for its receipts, which only grow. */

import { closed, count, mapOf, name, nullableName, nullableTime, orNull, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const MESSAGE_TYPES = ['info', 'warning', 'error', 'request', 'response', 'heartbeat'] as const;
export const MESSAGE_PRIORITIES = ['critical', 'high', 'normal', 'low'] as const;

export const messageSchema = closed(
  {
    schemaVersion,
    id: name,
    from: text(255),
    to: {
      ...text(255),
      description: 'an agent, "all", or a role of yard.json',
    },
    type: { enum: MESSAGE_TYPES, default: 'info' },
    priority: { enum: MESSAGE_PRIORITIES, default: 'normal' },
    subject: { ...text(500), default: '' },
    body: { ...text(100_000), default: '' },
    sentAt: time,
    expiresAt: nullableTime,
    replyTo: nullableName,
    ackBy: nullableTime,
    readBy: mapOf(time),
    ackedBy: mapOf(time),
    automatic: { type: 'boolean', default: false },
    hops: count,
    executed: {
      ...orNull(closed({ by: name, at: time, answer: nullableName }, ['by', 'at'])),
      description: 'who carried out the command that it holds, once',
    },
  },
  ['id', 'from', 'to', 'sentAt'],
);

export type Message = TypeOf<typeof messageSchema>;
