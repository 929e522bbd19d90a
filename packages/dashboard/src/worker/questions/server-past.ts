/** What a server built last, and who wrote to its registration: of the newest file of the metrics, and of the history of one file. */
import { type AttemptRecord, attemptRecordFrom } from '@gityard/domain';
import type { CommitEntry } from '../sources/source.ts';
import { jsonIn } from './json-in.ts';
import type { Reading } from './question.ts';
import type { ServerAsked } from './server.ts';
import { isServerId } from './server-id.ts';

export type ServerBuild = Pick<
  AttemptRecord,
  'job' | 'attempt' | 'repository' | 'branch' | 'commit' | 'startedAt' | 'seconds' | 'status' | 'cause'
>;
export interface ServerWrite extends CommitEntry {
  /** null: the source has no page for it. */
  readonly link: string | null;
}
export interface ServerPast {
  /** Newest first. */
  readonly builds: readonly ServerBuild[];
  readonly writes: readonly ServerWrite[];
}

const MOST_BUILDS = 20;
const MOST_WRITES = 8;

export async function serverPast(reading: Reading, { id, place }: ServerAsked): Promise<ServerPast> {
  if (!isServerId(id)) return { builds: [], writes: [] };
  const path = `shared/agents/${id}.json`;
  const [builds, commits] = await Promise.all([
    buildsOf(reading, { id, place }),
    reading.commits(place, { count: MOST_WRITES, path }),
  ]);
  return { builds, writes: commits.map((it) => ({ ...it, link: reading.linkTo({ commit: it.commit, path }) })) };
}

/** A month may have just begun, so the file before the newest one is asked as well, where the newest tells too little. */
async function buildsOf(reading: Reading, { id, place }: ServerAsked): Promise<readonly ServerBuild[]> {
  const files = (await reading.tree(place, 'shared/metrics'))
    .filter(({ path }) => /\/\d{4}-\d\d(-\d+)?\.jsonl$/.test(path))
    .sort((a, b) => b.path.localeCompare(a.path, 'en', { numeric: true }))
    .slice(0, 2);
  const found: ServerBuild[] = [];
  for (const { oid } of files) {
    if (found.length >= MOST_BUILDS) break;
    found.push(...buildsIn(await reading.blob(oid), id).slice(0, MOST_BUILDS - found.length));
  }
  return found;
}

/** Only lines that name it are looked at closely: there are thousands. */
function buildsIn(bytes: Uint8Array, id: string): readonly ServerBuild[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line.includes(`"${id}"`))
    .map((line) => attemptRecordFrom(jsonIn(line)))
    .flatMap((it) => (it.ok && it.value.agent === id ? [it.value] : []))
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .map(({ job, attempt, repository, branch, commit, startedAt, seconds, status, cause }) => ({
      job,
      attempt,
      repository,
      branch,
      commit,
      startedAt,
      seconds,
      status,
      cause,
    }));
}
