/** `namespaces` of yard.json: whose jobs are whose, when several teams share a yard, and how much of it each may have at once. */
import { patterns } from './patterns.ts';
import { closed, mapOf, nullableText } from './schema.ts';
import { group } from './setting.ts';
import type { TypeOf } from './type-of.ts';

const limit = (description: string) =>
  ({ type: ['number', 'null'], minimum: 0, maximum: 1e6, default: null, description }) as const;

const namespaceSchema = closed(
  {
    ...patterns,
    pool: { ...nullableText(100), description: 'its jobs run on the agents of this pool alone; null: on all' },
    quotas: group(
      closed(
        {
          queued: limit('jobs of it that may wait; one more is refused; null: any number'),
          running: limit('jobs of it that may run at once; one more waits; null: any number'),
          minutesPerDay: limit(
            'minutes that agents hold jobs of it in a day of UTC; when they are used up, jobs wait; null: any number',
          ),
        },
        [],
      ),
    ),
    priorityFloor: {
      type: 'integer',
      minimum: 1,
      maximum: 10,
      default: 1,
      description: 'the most urgent priority that counts for its jobs (1 = first): what asks for more has this one',
    },
  },
  [],
);

export const namespacesSchema = {
  ...mapOf(namespaceSchema),
  description:
    'name → the jobs that it speaks of; one without patterns is for jobs that name it, and for files in queue/<name>/',
} as const;

export type Namespace = TypeOf<typeof namespaceSchema>;
