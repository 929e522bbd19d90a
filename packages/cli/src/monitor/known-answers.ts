/**
 * What the host answered in the runs before, so that what is as it was costs none of the requests that it allows. Only a help:
 * where it cannot be read or written, everything is asked for.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KnownAnswers } from '@gityard/monitor';
import { homePath } from '../start/user-config.ts';
import type { IssuePlace } from './issue-place.ts';

const MOST = 50;
const LARGEST_BYTES = 8_000_000;

/** Another token may see other things: each has its own. */
export function answersFile(env: NodeJS.ProcessEnv, { apiUrl, owner, repo, token }: IssuePlace): string {
  const name = createHash('sha256')
    .update(JSON.stringify([apiUrl, owner, repo, token]))
    .digest('hex');
  return join(homePath(env), 'monitor', `${name.slice(0, 32)}.json`);
}

export async function readAnswers(path: string): Promise<KnownAnswers> {
  try {
    const rows: unknown = JSON.parse(await readFile(path, 'utf8'));
    return new Map(Array.isArray(rows) ? rows.filter(isRow) : []);
  } catch {
    // None yet, or cut off: it is asked for anew.
    return new Map();
  }
}

const isRow = (row: unknown): row is [string, { etag: string; response: unknown }] =>
  Array.isArray(row) && typeof row[0] === 'string' && typeof row[1]?.etag === 'string' && 'response' in row[1];

export async function writeAnswers(path: string, known: KnownAnswers): Promise<void> {
  const text = JSON.stringify([...known].slice(-MOST));
  if (text.length > LARGEST_BYTES) return;
  const partial = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(partial, text, { mode: 0o600 });
    await rename(partial, path);
  } catch {
    // A home that cannot be written to costs a few requests more.
  }
}
