/**
 * `shared/imports/<source>.json`: what was taken over from a predecessor, and how far it came. The batches are counted, so
 * that two imports of one source cannot pass each other unseen. Beside it, the mark that everything imported bears.
 */
import { closed, count, name, nullableText, nullableTime, schemaVersion, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const importRecordSchema = closed(
  {
    schemaVersion,
    id: name,
    source: { ...text(2000), description: 'path or URL, never with a password' },
    batches: { ...count, description: 'commits that it came in' },
    items: { ...count, description: 'jobs, messages, locks, agents and profiles that came with them' },
    completedAt: { ...nullableTime, description: 'when all of the source had been taken over for the first time' },
    withHistory: {
      type: 'boolean',
      default: false,
      description: 'what later versions had lost was looked for as well',
    },
  },
  ['id', 'source'],
);

/** Optional where it stands, so that the files of everything else do not speak of it. */
export const importedFrom = closed(
  {
    source: { ...name, description: 'its record in shared/imports/' },
    id: { ...text(300), description: 'the id that it had there' },
    place: nullableText(500),
    digest: { type: 'string', pattern: '^[0-9a-f]{16}$', description: 'of what never changes about it' },
  },
  ['source', 'id', 'digest'],
);

export type ImportRecord = TypeOf<typeof importRecordSchema>;
export type ImportedFrom = TypeOf<typeof importedFrom>;
