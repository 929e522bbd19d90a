/** What a submitter may say about a job beside what is built: the same words in the job, in a file of the inbox and in a request. */
import { gateSchema } from './approval.ts';
import { RETRIED_CAUSES } from './attempt.ts';
import { closed, listOf, nullableName, orNull, secretName } from './schema.ts';

const nullableSeconds = <const M extends number>(minimum: M, description: string) =>
  ({ type: ['number', 'null'], minimum, maximum: 604_800, default: null, description }) as const;

/** What a submitter may say about how long things may take. null: as yard.json says. */
export const timeouts = {
  timeoutSeconds: nullableSeconds(1, 'how long an attempt may run'),
  queueTimeoutSeconds: nullableSeconds(0, 'how long it may wait before it expires; 0 = for ever'),
  startTimeoutSeconds: nullableSeconds(
    0,
    'how long a claim may go without a start; 0 = for as long as its lease lives',
  ),
  silentTimeoutSeconds: nullableSeconds(0, 'how long its commands may print nothing; 0 = for ever'),
} as const;

export const tries = {
  retries: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    default: 0,
    description: 'more tries after a failure',
  },
  retryOn: {
    type: ['array', 'null'],
    items: { enum: RETRIED_CAUSES },
    uniqueItems: true,
    default: null,
    description: 'the causes after which it is tried again; null: as yard.json says; none: it never runs twice',
  },
} as const;

/** What a submitter may say about how it is built, beside the strategy. */
export const buildWishes = {
  noCache: { type: 'boolean', default: false, description: 'nothing is taken from a cache, and nothing put there' },
  keepWorkspace: {
    type: 'boolean',
    default: false,
    description: 'the workspace of an attempt that fails stays on its agent, for a look into it',
  },
  secrets: listOf(secretName, {
    maxItems: 50,
    uniqueItems: true,
    description: 'names of secrets that the build asks for; the policy of the agent decides',
  }),
  reserves: {
    ...orNull(
      closed(
        {
          cores: { type: 'number', minimum: 0, maximum: 10_000, default: 0, description: 'processors' },
          memoryGB: {
            type: 'number',
            minimum: 0,
            maximum: 100_000,
            default: 0,
            description: 'memory, in units of 10⁹ bytes',
          },
        },
        [],
      ),
    ),
    description: 'what of an agent it takes for itself while it runs; null: a slot and nothing else',
  },
  namespace: { ...nullableName, description: 'whose it is, where what it builds does not say so' },
  approval: {
    ...orNull(gateSchema),
    description: 'who must approve it before it runs, beside what yard.json says; null: nobody',
  },
} as const;
