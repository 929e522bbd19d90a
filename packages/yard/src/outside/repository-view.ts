/**
 * The three refs of a yard as a repository seen from outside: files, folders and commits, and nothing that these refs do not
 * lead to. The present is what the yard has fetched anyway; of the past, what somebody asks for.
 */
import { type History, type HistoryCommit, readHistory, type Snapshot } from '@gityard/store';
import { readHeads } from '../history/heads.ts';
import type { Yard } from '../yard.ts';
import { type CommitsAsked, findCommits } from './find-commits.ts';
import { type KnownPast, knownPast } from './known-past.ts';
import { type LatestLogs, latestLogs } from './latest-logs.ts';

const SUBMODULE = '160000';
/** What a page asks first; then as much as fits into memory beside a yard that was never compacted. */
const STATE_DEPTHS = [250, 20_000];
/** Old logs are large and seldom wanted: nobody shall make us fetch all of them. */
const LOGS_DEPTHS = [250];

type Ref = 'state' | 'live' | 'logs';
const isRef = (place: string): place is Ref => place === 'state' || place === 'live' || place === 'logs';

/** A place is a ref by what it holds, as it is now, or a commit of the state or the logs. The yard must have been looked at. */
export function repositoryView(yard: Yard) {
  const logs = latestLogs(yard.logs);
  const pasts = pastsOf(yard, logs);
  const now = async (ref: Ref): Promise<Snapshot | undefined> =>
    ({ state: () => yard.snapshot, live: () => yard.live.snapshot, logs: logs.look })[ref]();
  const held = (): Snapshot[] => [yard.snapshot, yard.live.snapshot, logs.seen()].filter((it) => it !== undefined);

  const pastWith = async (isEnough: (history: History) => boolean): Promise<[KnownPast, History] | undefined> => {
    for (const ref of ['state', 'logs'] as const) {
      if (ref === 'logs') await logs.look();
      const history = await pasts[ref].until(isEnough);
      if (history && isEnough(history)) return [pasts[ref], history];
    }
    return undefined;
  };
  const pastOf = (commit: string) => pastWith(({ commits }) => commits.some(({ oid }) => oid === commit));
  const filesAt = async (place: string): Promise<Snapshot | undefined> => {
    if (isRef(place)) return now(place);
    const isHeld = held().find(({ commit }) => commit === place);
    return isHeld ?? (await pastOf(place))?.[1].snapshotOf(place);
  };

  return {
    file: async (place: string, path: string) => {
      const files = await filesAt(place);
      const entry = files?.entry(path);
      if (!files || !entry || entry.mode === SUBMODULE) return undefined;
      // null: too large to be fetched.
      return { oid: entry.oid, bytes: files.read(entry.oid) ?? null };
    },
    blob: async (oid: string) => {
      for (const files of held()) {
        const bytes = files.read(oid);
        if (bytes) return bytes;
      }
      const [, history] = (await pastWith((it) => it.read(oid) !== undefined)) ?? [];
      return history?.read(oid);
    },
    /** All files below, in the order of their paths, each from the root; '' is the root. */
    folder: async (place: string, path: string) => {
      const files = await filesAt(place);
      if (!files) return undefined;
      const entries = [...files.list(path === '' ? '' : `${path}/`)].filter(({ mode }) => mode !== SUBMODULE);
      return {
        commit: files.commit,
        entries: entries.map((it) => ({
          path: it.path,
          oid: it.oid,
          sizeBytes: files.read(it.oid)?.length ?? null,
        })),
      };
    },
    /** Newest first, from that place on. */
    commits: async (from: string, asked: CommitsAsked) => {
      const start = isRef(from) ? (await now(from))?.commit : from;
      const past = isRef(from) ? pasts[from] : (await pastOf(from))?.[0];
      if (start === undefined || !past) return undefined;
      let found: HistoryCommit[] | undefined;
      await past.until((history) => {
        found = findCommits(history, start, asked);
        return (found?.length ?? 0) >= asked.count;
      });
      return found && { from: start, commits: found.map(rowOf) };
    },
  };
}

function pastsOf(yard: Yard, logs: LatestLogs): Record<Ref, KnownPast> {
  const { transport, refs, live } = yard;
  return {
    state: knownPast({
      depths: STATE_DEPTHS,
      read: (depth) => readHeads(transport, refs.state, { depth }),
      isNewest: (commit) => commit === yard.head,
    }),
    live: knownPast({
      depths: [1],
      read: (depth) => readHistory(transport, refs.live, { depth }),
      isNewest: (commit) => commit === live.snapshot?.commit,
    }),
    logs: knownPast({
      depths: LOGS_DEPTHS,
      read: (depth) => readHistory(transport, refs.logs, { depth }),
      isNewest: (commit) => commit === logs.seen()?.commit,
    }),
  };
}

const rowOf = ({ oid, author, message }: HistoryCommit) => ({
  commit: oid,
  at: new Date(author.atSeconds * 1000).toISOString(),
  author: author.name,
  message,
});
