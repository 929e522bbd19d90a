/**
 * Whether a push is one that we may take in without Git: one new commit on top of the old one, or in its place, whose folders
 * and files are all here or come with it, and whose form is exactly what Git would write. A doubt is a no, and then Git judges.
 */
import { decodeCommit, decodeTree, encodeCommit, encodeTree, FOLDER, type GitObject } from '@gityard/store/codec';
import type { ObjectReader } from './object-reader.ts';
import type { RefMove } from './push-body.ts';

export type Incoming = ReadonlyMap<string, GitObject>;

const FILES = new Set(['100644', '100755']);
/** No name that any system takes for something else: Git checks those names with far more care than we do. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@+=-]*$/;
const DEEPEST = 32;

export async function isPlain(move: RefMove, incoming: Incoming, reader: ObjectReader): Promise<boolean> {
  const [commit, before] = [incoming.get(move.next), await reader.read(move.old)];
  if (commit?.type !== 'commit' || before?.type !== 'commit') return false;
  const fields = decodeCommit(commit.body);
  const follows = fields.parents.length === 0 || (fields.parents.length === 1 && fields.parents[0] === move.old);
  if (!follows || !sameBytes(encodeCommit(fields), commit.body)) return false;
  return isWhole(fields.tree, decodeCommit(before.body).tree, { incoming, reader, depth: 0 });
}

interface Place {
  readonly incoming: Incoming;
  readonly reader: ObjectReader;
  readonly depth: number;
}

/** A folder that is here has all below it: nothing comes into this repository otherwise. */
async function isWhole(oid: string, before: string | undefined, place: Place): Promise<boolean> {
  if (oid === before) return true;
  const tree = place.incoming.get(oid);
  if (tree?.type !== 'tree' || place.depth > DEEPEST) return false;
  const rows = decodeTree(tree.body);
  const names = new Set(rows.map((it) => it.name));
  if (names.size !== rows.length || !sameBytes(encodeTree(rows), tree.body)) return false;

  const old = before === undefined ? undefined : await place.reader.read(before);
  const known = new Map(old?.type === 'tree' ? decodeTree(old.body).map((row) => [row.name, row]) : []);
  for (const { mode, name, oid: part } of rows) {
    const was = known.get(name);
    if (was?.oid === part && was.mode === mode) continue;
    if (!NAME.test(name)) return false;
    const isFine =
      mode === FOLDER
        ? await isWhole(part, was?.mode === FOLDER ? was.oid : undefined, { ...place, depth: place.depth + 1 })
        : FILES.has(mode) && (await isFile(part, place));
    if (!isFine) return false;
  }
  return true;
}

async function isFile(oid: string, { incoming, reader }: Place): Promise<boolean> {
  const object = incoming.get(oid) ?? (await reader.read(oid));
  return object?.type === 'blob';
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
