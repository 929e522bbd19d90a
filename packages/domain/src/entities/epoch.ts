/**
 * `shared/epoch.json`: where the history before this one is, once it was cut. Written by the first commit of an epoch and
 * by nothing else; what it names has hashed everything before it, so that the past can be checked although it lies apart.
 */
import { closed, count, schemaVersion } from './schema.ts';
import type { TypeOf } from './type-of.ts';

const oid = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;

export const epochSchema = closed(
  {
    schemaVersion,
    epoch: { type: 'integer', minimum: 1, description: 'its number; the history before the first cut is epoch 0' },
    previousHead: { ...oid, description: 'the last commit of the epoch before, kept under refs/gityard/epochs/' },
    previousTree: { ...oid, description: 'its files, which this epoch began with' },
    commits: { ...count, description: 'made until then, since the yard began' },
    operations: { ...count, description: 'counted until then, by all writers' },
  },
  ['epoch', 'previousHead', 'previousTree', 'commits', 'operations'],
);

export type Epoch = TypeOf<typeof epochSchema>;
