/** A rule of `yard.json`: which messages are answered without a person, and how. Its words are plain or a glob, no expression. */
import { MESSAGE_TYPES } from './message.ts';
import { closed, name, nullableText, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const autoReplySchema = closed(
  {
    name: { ...name, description: 'one rule of each name' },
    to: { ...text(255), default: '*', description: 'for whom the message is; * stands for anything' },
    from: { ...text(255), default: '*', description: 'who sent it; * stands for anything' },
    type: { enum: [...MESSAGE_TYPES, null], default: null, description: 'null: of any type' },
    match: {
      ...text(200),
      default: '',
      description: 'words that are all in its subject or body, or a glob with * for the whole subject; empty: any',
    },
    as: { ...nullableText(255), description: 'who answers; else whom the message names, or "system"' },
    perHour: {
      type: 'integer',
      minimum: 1,
      maximum: 60,
      default: 3,
      description: 'the most answers that one sender gets from one answerer within an hour',
    },
    reply: closed(
      {
        subject: { ...text(500), default: 're: {subject}', description: '{from}, {subject} and {id} are filled in' },
        body: { ...text(10_000), default: '', description: 'the same are filled in' },
      },
      [],
    ),
  },
  ['name', 'reply'],
);

export type AutoReply = TypeOf<typeof autoReplySchema>;
