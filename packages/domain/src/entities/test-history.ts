/**
 * `shared/tests/<aa>/<repository>.json`: the tests of a repository that failed lately, and how they ended since. Most tests never
 * come here; one that passed often enough in a row leaves again, so the file stays small however many tests there are.
 */
import {
  closed,
  listOf,
  nullableName,
  nullableText,
  nullableTime,
  orNull,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

/** How many of the last builds are remembered of a test. */
export const REMEMBERED_RUNS = 30;
export const REMEMBERED_TESTS = 200;

const quarantineSchema = closed(
  {
    at: time,
    until: { ...time, description: 'from then on its failure makes a build fail again' },
    by: text(255),
    reason: nullableText(1000),
  },
  ['at', 'until', 'by'],
);

const testSchema = closed(
  {
    name: text(500),
    runs: listOf(
      { ...text(300), pattern: '^(passed|failed|retried) [0-9a-f-]{12} .+$' },
      { maxItems: REMEMBERED_RUNS, description: 'oldest first: how it ended, of which commit, on which branch' },
    ),
    flakySince: {
      ...nullableTime,
      description: 'when it was seen to fail and to pass without a reason in the code; null: it was not',
    },
    lastFailedAt: nullableTime,
    lastFailedJob: nullableName,
    quarantine: { ...orNull(quarantineSchema), description: 'its failure alone makes no build fail' },
  },
  ['name'],
);

export const testHistorySchema = closed(
  {
    schemaVersion,
    repository: { ...text(2000), description: 'as jobs name it' },
    tests: listOf(testSchema, { maxItems: REMEMBERED_TESTS, description: 'by name' }),
  },
  ['repository', 'tests'],
);

export type TestHistory = TypeOf<typeof testHistorySchema>;
export type RememberedTest = TestHistory['tests'][number];
