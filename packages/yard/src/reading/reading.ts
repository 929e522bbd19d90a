/**
 * Reads a state out of files that somebody else has fetched, by the same rules as an agent does: for programs that have no
 * store, such as a page. Nothing here needs Node.
 */
import type { State } from '@gityard/domain';
import { archivePlaceOf, isAnswer, isQueueFile, metricsIdOf, placeOf } from '../files/paths.ts';
import type { Past } from '../history/past.ts';
import { explained, isValid, unasked } from './explained.ts';
import { viewOf } from './view.ts';

export type { Past };
export { isValid };

export interface StateFile {
  readonly path: string;
  readonly oid: string;
  /** undefined: it could not be had. */
  readonly bytes: Uint8Array | undefined;
}

/** Whether the state depends on what is in it, and not only on that it is there. */
export function isRead(path: string): boolean {
  if (archivePlaceOf(path) || metricsIdOf(path) !== undefined) return false;
  return isQueueFile(path) || isAnswer(path) || placeOf(path) !== undefined;
}

/** What is broken then has no version in force; `withPasts` puts the one before in its place. */
export function stateOf(commit: string, files: readonly StateFile[]): State {
  const bytes = new Map(files.map((file) => [file.oid, file.bytes]));
  const entries = files.map(({ path, oid }) => ({ path, oid, mode: '100644' }));
  const snapshot = {
    commit,
    tree: commit,
    entry: (path: string) => entries.find((it) => it.path === path),
    list: (prefix = '') => entries.filter(({ path }) => path.startsWith(prefix)),
    read: (oid: string) => bytes.get(oid),
    changesSince: () => entries.map((after) => ({ path: after.path, before: undefined, after })),
  };
  return viewOf(snapshot, undefined).state;
}

/** The broken files of which the history may tell a version that was valid before. */
export const lackPast = (state: State): readonly string[] => unasked(state).map(({ path }) => path);

/** The same state with what the history tells of them, by their paths: the last valid version of each is in force. */
export const withPasts = (state: State, pasts: ReadonlyMap<string, Past>): State =>
  unasked(state).reduce((done, file) => explained(done, file, pasts.get(file.path)), state);
