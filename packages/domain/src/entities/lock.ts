/**
 * `shared/locks/<name>.json`: a mutex (`count` 1) or a counting semaphore. The file outlives its holders,
 * because the token must never restart: a generation that begins again at 1 fences nobody.
 */

import { importedFrom } from './import-record.ts';
import { closed, count, listOf, name, nullableText, nullableTime, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const lockSchema = closed(
  {
    schemaVersion,
    name,
    count: {
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      default: 1,
      description: 'holders at once',
    },
    token: {
      ...count,
      description: 'of the newest holder; rises with every acquisition',
    },
    holders: listOf(
      closed(
        {
          holder: text(255),
          token: { type: 'integer', minimum: 1 },
          acquiredAt: time,
          expiresAt: {
            ...nullableTime,
            description: 'null = as long as the job that holds it',
          },
          reason: nullableText(1000),
        },
        ['holder', 'token', 'acquiredAt'],
      ),
      {},
    ),
    waiting: listOf(closed({ holder: text(255), since: time, until: nullableTime }, ['holder', 'since']), {}),
    importedFrom,
  },
  ['name'],
);

export type Lock = TypeOf<typeof lockSchema>;
export type LockHolder = Lock['holders'][number];
