/**
 * What the state would be if somebody's files were merged into it now: read as if they were there, judged by the rules that
 * audit commits made by hand, and with the inbox taken up. Nothing is written.
 */
import { applyChanges, auditArchive, auditStep, explain, OPERATIONS, type State, type Time } from '@gityard/domain';
import { makeObject, type Snapshot, type TreeEntry } from '@gityard/store';
import { archivePlaceOf, isAnswer, isNearlyQueueFile, isQueueFile, placeOf } from '../files/paths.ts';
import { archivedIn } from '../history/archived-in.ts';
import { changedIn } from '../history/changed-in.ts';
import { type View, viewOf } from '../reading/view.ts';

export interface ProposedFile {
  readonly path: string;
  readonly mode: string;
  /** null: the file is taken away. */
  readonly content: Uint8Array | null;
  /** The blob that its author started from, null for none; left out where they started from what is there now. */
  readonly from?: string | null;
}

export interface RefusedFile {
  readonly path: string;
  readonly line: number | null;
  readonly reason: string;
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
  const inbox = takeUp(merged.state, fresh, now);
  return {
    before: view.state,
    after: inbox.state,
    refused: [
      ...stale.map(({ path }) => refusedFile(path, 'was changed in the yard meanwhile: merge or rebase first')),
      ...unreadable(merged.state, fresh),
      ...unlawful(view, merged),
      ...knotted(view.state, merged.state, { files: fresh, now }),
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

function unreadable({ broken }: State, files: readonly ProposedFile[]): RefusedFile[] {
  return files.flatMap(({ path }) => {
    const file = broken.get(path);
    return file ? [refusedFile(path, file.reason, file.line)] : [];
  });
}

/** What no hand may do, whoever's it is. */
function unlawful(before: View, after: View): RefusedFile[] {
  const changed = changedIn(before, after);
  const step = { before: before.state, after: after.state, operations: [] };
  const violations = [
    ...auditStep(before.state, after.state, [], changed),
    ...auditArchive(step, archivedIn(before, after), changed),
  ];
  return violations.map(({ rule, text }) => refusedFile('', `${text} [${rule}]`));
}

const KNOTS: readonly string[] = ['cycle', 'need-missing'];

/** A hand may write needs that an operation would refuse; the job would wait for ever. */
function knotted(
  before: State,
  after: State,
  { files, now }: { readonly files: readonly ProposedFile[]; readonly now: Time },
): RefusedFile[] {
  const knotsOf = (state: State, id: string): string[] => {
    const job = state.jobs.get(id);
    return job
      ? explain(state, job, now, { ahead: 0 })
          .reasons.filter((it) => KNOTS.includes(it.code))
          .map((it) => it.text)
      : [];
  };
  return files.flatMap(({ path }) => {
    const place = placeOf(path);
    if (!place || 'problem' in place || place.kind !== 'job') return [];
    const known = knotsOf(before, place.id);
    return knotsOf(after, place.id)
      .filter((it) => !known.includes(it))
      .map((it) => refusedFile(path, it));
  });
}

function takeUp(state: State, files: readonly ProposedFile[], now: Time): { state: State; refused: RefusedFile[] } {
  const refused: RefusedFile[] = [];
  let current = state;
  for (const path of files.map((it) => it.path).sort()) {
    const file = current.queue.get(path);
    if (!file) continue;
    if (file.problem) {
      refused.push(refusedFile(path, file.problem.reason, file.problem.line));
      continue;
    }
    const ids = newIds(current, file.wishes.length);
    const by = path.replace(/\.json$/, '').slice(0, 255);
    const decision = OPERATIONS['take-up'](current, { path, blob: file.blob, ids, by, now });
    if (!decision.ok) refused.push(refusedFile(path, decision.reason));
    else if (!decision.result.taken) refused.push(refusedFile(path, decision.result.reason));
    else current = applyChanges(current, decision.changes);
  }
  return { state: current, refused };
}

/** What is to come has no id yet. */
function newIds({ jobs }: State, count: number): string[] {
  const ids: string[] = [];
  for (let number = 1; ids.length < count; number++) if (!jobs.has(`new-${number}`)) ids.push(`new-${number}`);
  return ids;
}

const refusedFile = (path: string, reason: string, line: number | null = null): RefusedFile => ({ path, line, reason });
