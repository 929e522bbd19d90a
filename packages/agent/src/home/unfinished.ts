/**
 * Results that were not handed in yet, one synced file each: `unfinished/<job>-<token>.json`. Written before the first
 * attempt to hand one in, so that neither a lost remote nor a lost process loses an hour of building.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputOf } from '@gityard/domain';
import { readOwnJson } from './read-json.ts';
import { writeJson } from './write-file.ts';

export type Finish = InputOf<'finish'>;

const folderOf = (home: string): string => join(home, 'unfinished');
const pathOf = (home: string, { jobId, token }: Pick<Finish, 'jobId' | 'token'>): string =>
  join(folderOf(home), `${jobId}-${token}.json`);

export const keepResult = (home: string, finish: Finish): Promise<void> => writeJson(pathOf(home, finish), finish);

export const dropResult = (home: string, finish: Pick<Finish, 'jobId' | 'token'>): Promise<void> =>
  rm(pathOf(home, finish), { force: true });

export async function keptResults(home: string): Promise<Finish[]> {
  const names = await readdir(folderOf(home)).catch(() => []);
  const files = names.filter((it) => it.endsWith('.json')).sort();
  const read = await Promise.all(files.map((it) => readOwnJson(join(folderOf(home), it)).catch(() => undefined)));
  return read.filter(isFinish);
}

/** What a broken disk made of such a file is left where it is; the operation checks the rest. */
function isFinish(value: unknown): value is Finish {
  const { jobId, agentId, token } = (value ?? {}) as Partial<Finish>;
  return typeof jobId === 'string' && typeof agentId === 'string' && typeof token === 'number';
}
