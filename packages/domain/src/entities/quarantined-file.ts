/**
 * `shared/quarantine/<path>@<blob>.json`: a broken file that was judged: what is wrong with it, who brought it, what it
 * said, and whether the version before it was put back.
 */

import { closed, nullableText, nullableTime, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const quarantinedFileSchema = closed(
  {
    schemaVersion,
    path: { ...text(500), description: 'where it lay' },
    blob: { type: 'string', pattern: '^[0-9a-f]{40}$', description: 'the Git object that it was' },
    code: { enum: ['INVALID_DATA', 'TOO_LARGE'] },
    reason: text(2000),
    line: { type: ['integer', 'null'], minimum: 1, default: null },
    author: { ...nullableText(255), description: 'whose commit brought it' },
    brokenAt: { ...nullableTime, description: 'when that commit was made' },
    restored: {
      type: 'boolean',
      description: 'the last valid version was put back; else there was none, and the file lies where it was',
    },
    encoding: { enum: ['utf-8', 'base64'], default: 'utf-8' },
    content: { ...nullableText(400_000), description: 'null: too large to be repeated here, see the blob' },
    quarantinedAt: time,
  },
  ['path', 'blob', 'code', 'reason', 'restored', 'quarantinedAt'],
);

export type QuarantinedFile = TypeOf<typeof quarantinedFileSchema>;
