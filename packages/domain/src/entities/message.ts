/**
 * `shared/messages/<message>.json`: what one agent or person told others. Immutable but for its receipts and the list of
 * what was sent because of it, which only grow.
 */

import {
  closed,
  count,
  fileName,
  mapOf,
  name,
  nullableName,
  nullableText,
  nullableTime,
  orNull,
  schemaVersion,
  sha256,
  text,
  time,
} from './schema.ts';
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
    hops: { ...count, description: 'how many messages it answers, one after the other' },
    executed: {
      ...orNull(closed({ by: name, at: time, answer: nullableName }, ['by', 'at'])),
      description: 'who carried out the command that it holds, once',
    },
    key: { ...nullableText(200), description: 'of its sender: what comes again under it is the same message' },
    attachment: orNull(
      closed(
        {
          name: fileName,
          sizeBytes: count,
          sha256,
          path: {
            ...text(120),
            pattern: '^files/[a-z0-9][a-z0-9._-]{0,99}$',
            description: 'folder on the ref of the logs',
          },
        },
        ['name', 'sizeBytes', 'sha256', 'path'],
      ),
    ),
    downloadedBy: mapOf(time),
    followUps: {
      ...mapOf(name),
      description: 'messages that were sent automatically because of it, by cause: "escalation", "reply/<rule>"',
    },
  },
  ['id', 'from', 'to', 'sentAt'],
);

export type Message = TypeOf<typeof messageSchema>;
