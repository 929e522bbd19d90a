/**
 * `shared/history/<yyyy-mm-dd>/<hh>.json`: what happened in one hour, written only if something did. The newest one also says
 * how each agent was noted last, and so what a change is.
 */
import { closed, count, listOf, mapOf, name, orNull, schemaVersion, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

/** An agent as the history knows it: a fleet's health without the passing of time. */
export const PRESENCES = ['fresh', 'silent', 'stopped', 'maintenance', 'removed'] as const;
const seconds = { type: ['number', 'null'], minimum: 0, default: null } as const;

export const historyHourSchema = closed(
  {
    schemaVersion,
    hour: { ...time, description: 'when it begins' },
    agents: {
      ...mapOf(closed({ presence: { enum: PRESENCES }, since: time }, ['presence', 'since'])),
      description: 'as they were noted last',
    },
    changes: listOf(
      closed(
        {
          agent: name,
          from: { enum: [...PRESENCES, null], default: null },
          to: { enum: PRESENCES },
          at: { ...time, description: 'of the sign of life, or of its absence since' },
        },
        ['agent', 'to', 'at'],
      ),
      {},
    ),
    figures: {
      ...orNull(
        closed(
          {
            succeeded: count,
            failed: count,
            queued: { ...count, description: 'at its end, as the following' },
            running: count,
            agentsFresh: count,
            p50Seconds: seconds,
            oldestWaitSeconds: seconds,
          },
          [],
        ),
      ),
      description: 'null: it is not over yet',
    },
    builds: {
      ...mapOf(closed({ succeeded: count, failed: count, seconds: count }, [])),
      description: 'that ended in it, by agent',
    },
    disks: { ...mapOf({ type: 'number', minimum: 0 }), description: 'gigabytes free when it was over, by agent' },
  },
  ['hour'],
);

export type HistoryHour = TypeOf<typeof historyHourSchema>;
export type Presence = (typeof PRESENCES)[number];
export type HistoryFigures = NonNullable<HistoryHour['figures']>;
export type PresenceChange = HistoryHour['changes'][number];
