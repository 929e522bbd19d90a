/**
 * What the state would be if somebody's files were merged into it now: read as if they were there, judged by the rules that
 * audit commits made by hand, and with the inbox taken up. Nothing is written.
 */
import type { State, Time } from '@gityard/domain';
import { makeObject, type Snapshot, type TreeEntry } from '@gityard/store';
import { archivePlaceOf, isAnswer, isNearlyQueueFile, isQueueFile, placeOf } from '../files/paths.ts';
import { type View, viewOf } from '../reading/view.ts';
import { faultsOf } from './judge.ts';
import { type RefusedFile, refusedFile } from './refused-file.ts';
import { takeUpProposed } from './take-up-proposed.ts';

export interface ProposedFile {
  readonly path: string;
  readonly mode: string;
  /** null: the file is taken away. */
  readonly content: Uint8Array | null;
  /** The blob that its author started from, null for none; left out where they started from what is there now. */
  readonly from?: string | null;
}

export interface Supposed {
  readonly before: State;
  readonly after: State;
  readonly refused: readonly RefusedFile[];
  /** That change something of the yard, and those that are none of its business. */
  readonly files: readonly { readonly path: string; readonly change: 'added' | 'changed' | 'removed' }[];
  readonly ignored: readonly string[];
}

export function suppose(view: View, proposed: readonly ProposedFile[], now: Time): Supposed {
  const ours = proposed.filter((it) => isOurs(it.path) && !isThere(view.snapshot, it));
  const stale = ours.filter(
    ({ path, from }) => from !== undefined && from !== (view.snapshot.entry(path)?.oid ?? null),
  );
  const fresh = ours.filter((it) => !stale.includes(it));
  const merged = viewOf(overlaid(view.snapshot, fresh), view);
  const paths = fresh.map((it) => it.path);
  const inbox = takeUpProposed(merged.state, paths, now);
  return {
    before: view.state,
    after: inbox.state,
    refused: [
      ...stale.map(({ path }) => refusedFile(path, 'was changed in the yard meanwhile: merge or rebase first')),
      ...faultsOf({ before: view, after: merged, paths, now }),
      ...inbox.refused,
    ],
    files: ours.map(({ path, content }) => ({ path, change: changeOf(view.snapshot, path, content) })),
    ignored: proposed.filter((it) => !isOurs(it.path)).map((it) => it.path),
  };
}

const isOurs = (path: string): boolean =>
  isQueueFile(path) ||
  isNearlyQueueFile(path) ||
  isAnswer(path) ||
  placeOf(path) !== undefined ||
  archivePlaceOf(path) !== undefined;

const entryOf = ({ path, mode }: ProposedFile, content: Uint8Array): TreeEntry => ({
  path,
  mode,
  oid: makeObject('blob', content).oid,
});

function isThere(snapshot: Snapshot, file: ProposedFile): boolean {
  const entry = snapshot.entry(file.path);
  if (file.content === null || !entry) return file.content === null && !entry;
  return entry.mode === file.mode && entry.oid === entryOf(file, file.content).oid;
}

function changeOf(snapshot: Snapshot, path: string, content: Uint8Array | null): Supposed['files'][number]['change'] {
  if (content === null) return 'removed';
  return snapshot.entry(path) ? 'changed' : 'added';
}

/** As much of a snapshot as reading a view from the one before it takes. */
function overlaid(base: Snapshot, files: readonly ProposedFile[]): Snapshot {
  const contents = new Map<string, Uint8Array>();
  const entries = new Map<string, TreeEntry | undefined>();
  for (const file of files) {
    const entry = file.content === null ? undefined : entryOf(file, file.content);
    entries.set(file.path, entry);
    if (entry && file.content) contents.set(entry.oid, file.content);
  }
  return {
    commit: base.commit,
    tree: `${base.tree} and ${files.length} files`,
    entry: (path) => (entries.has(path) ? entries.get(path) : base.entry(path)),
    list: (prefix) => base.list(prefix),
    read: (oid) => contents.get(oid) ?? base.read(oid),
    changesSince: () => [...entries].map(([path, after]) => ({ path, before: base.entry(path), after })),
  };
}
