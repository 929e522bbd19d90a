/**
 * `shared/actors/<actor>.json`: how many operations a writer has committed. Written by the same commit as the
 * operations themselves, so it makes every commit unique and tells after a lost reply whether they were applied.
 */

import { closed, count, name, schemaVersion, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const actorSchema = closed(
  {
    schemaVersion,
    id: name,
    operations: count,
    boot: { ...text(100), description: 'nonce of the process that wrote last' },
    request: {
      type: 'integer',
      minimum: 1,
      description: 'the last numbered request of that boot that was applied; one that comes again is not above it',
    },
    formerBoots: {
      type: 'array',
      items: text(100),
      maxItems: 8,
      description: 'earlier lives of an agent that asked by number: what a relay still has of them comes too late',
    },
    refused: {
      type: 'array',
      items: closed({ at: count, code: text(100) }, ['at', 'code']),
      maxItems: 1000,
      description: 'operations of that request that were not applied, by their place in it',
    },
    receipts: {
      type: 'array',
      items: text(100),
      maxItems: 100,
      description: 'what was asked of it last under a key, the newest first: <key>.<digest of what was asked for>',
    },
  },
  ['id', 'operations', 'boot'],
);

export type Actor = TypeOf<typeof actorSchema>;
