/**
 * The trail as JSON lines: `type` says what a line is. `export` is the first and tells of the whole; then each `commit`, oldest
 * first, with its operations and changes; then each `secret-use`. One line after the other, so that its length is no matter.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXPORT_VERSION, type Exported } from './record.ts';

export async function writeJsonLines(path: string, exported: Exported): Promise<void> {
  await pipeline(Readable.from(linesOf(exported)), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
}

async function* linesOf({ head, commits, secretUses }: Exported): AsyncIterable<string> {
  yield lineOf('export', { version: EXPORT_VERSION, ...head });
  for (const commit of commits) yield lineOf('commit', commit);
  for await (const use of secretUses) yield lineOf('secret-use', use);
}

const lineOf = (type: string, fields: object): string => `${JSON.stringify({ type, ...fields })}\n`;
