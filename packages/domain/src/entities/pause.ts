/** Somebody's word that nothing is to be claimed for now: of one job, of a pool, or of the whole fleet. What runs, runs on. */
import { closed, nullableText, nullableTime, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const pauseSchema = closed(
  {
    by: { ...text(255), description: 'who paused it' },
    at: { ...time, description: 'since when' },
    reason: { ...nullableText(1000), description: 'told wherever it is shown' },
    until: { ...nullableTime, description: 'when it ends by itself; null: when somebody ends it' },
  },
  ['by', 'at'],
);

export type Pause = TypeOf<typeof pauseSchema>;
