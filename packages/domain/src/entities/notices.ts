/**
 * `shared/notices/<rule>.json`: what a rule of notification has told, so that a restart or another agent tells nothing twice.
 * Each entry is announced before it is sent and made sure afterwards: a word that was lost on the way is found.
 */
import { closed, listOf, mapOf, name, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const noticesSchema = closed(
  {
    schemaVersion,
    id: { ...name, description: 'the rule' },
    told: {
      ...mapOf(
        closed(
          {
            state: { enum: ['open', 'closed'], description: 'what people were told of it last' },
            at: { ...time, description: 'when it was announced' },
            alertedAt: { ...time, description: 'when it was last told to be open' },
            code: text(50),
            about: { ...text(200), default: '' },
            by: { ...name, description: 'who sends it' },
            sure: { type: 'boolean', default: false, description: 'it was sent' },
          },
          ['state', 'at', 'alertedAt', 'code', 'by'],
        ),
      ),
      description: 'by what it is about',
    },
    sentAt: { ...listOf(time, {}), description: 'of the last hour' },
  },
  ['id'],
);

export type Notices = TypeOf<typeof noticesSchema>;
export type Told = Notices['told'][string];
