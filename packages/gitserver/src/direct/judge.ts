/**
 * Whether a push is one that we may take in without Git: one new commit on top of the old one, or in its place, whose folders
 * and files are all here or come with it, and whose form is exactly what Git would write. A doubt is a no, and then Git judges.
 */
import {
  decodeCommit,
  decodeTree,
  encodeCommit,
  encodeTree,
  FOLDER,
  type GitObject,
  type PackEntry,
  type TreeRow,
} from '@gityard/store/codec';
import type { ObjectReader } from './object-reader.ts';
import type { RefMove } from './push-body.ts';

export type Incoming = ReadonlyMap<string, GitObject>;

const FILES = new Set(['100644', '100755']);
/** No name that any system takes for something else: Git checks those names with far more care than we do. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@+=-]*$/;
const DEEPEST = 32;

/** All that the new commit has and the old one's tree has not; undefined where it is not plain. */
export async function stepOf(
  { old, next }: RefMove,
  incoming: Incoming,
  reader: ObjectReader,
): Promise<readonly PackEntry[] | undefined> {
  const [commit, before] = [incoming.get(next), await reader.read(old)];
  if (commit?.type !== 'commit' || before?.type !== 'commit') return undefined;
  const fields = decodeCommit(commit.body);
  const follows = fields.parents.length === 0 || (fields.parents.length === 1 && fields.parents[0] === old);
  if (!follows || !sameBytes(encodeCommit(fields), commit.body)) return undefined;
  const walk = new Walk(incoming, reader);
  const isPlain = await walk.folder(fields.tree, decodeCommit(before.body).tree, DEEPEST);
  return isPlain ? [...walk.entries, commit] : undefined;
}

class Walk {
  readonly entries: PackEntry[] = [];
  private readonly incoming: Incoming;
  private readonly reader: ObjectReader;

  constructor(incoming: Incoming, reader: ObjectReader) {
    this.incoming = incoming;
    this.reader = reader;
  }

  /** A folder that is here has all below it: nothing comes into this repository otherwise. */
  async folder(oid: string, before: string | undefined, depthLeft: number): Promise<boolean> {
    if (oid === before) return true;
    const tree = this.incoming.get(oid);
    if (tree?.type !== 'tree' || depthLeft === 0) return false;
    const rows = decodeTree(tree.body);
    const names = new Set(rows.map((it) => it.name));
    if (names.size !== rows.length || !sameBytes(encodeTree(rows), tree.body)) return false;

    const base = before === undefined ? undefined : await this.reader.read(before);
    this.entries.push(base ? { ...tree, base } : tree);
    const known = new Map(base?.type === 'tree' ? decodeTree(base.body).map((row) => [row.name, row]) : []);
    for (const row of rows) if (!(await this.row(row, known.get(row.name), depthLeft - 1))) return false;
    return true;
  }

  private async row({ mode, name, oid }: TreeRow, was: TreeRow | undefined, depthLeft: number): Promise<boolean> {
    if (was?.oid === oid && was.mode === mode) return true;
    if (!NAME.test(name)) return false;
    if (mode === FOLDER) return this.folder(oid, was?.mode === FOLDER ? was.oid : undefined, depthLeft);
    return FILES.has(mode) && this.file(oid, was?.mode === FOLDER ? undefined : was?.oid);
  }

  private async file(oid: string, before: string | undefined): Promise<boolean> {
    // One that is here already counts as new as well: whoever has the old commit need not have it.
    const blob = this.incoming.get(oid) ?? (await this.reader.readFromDisk(oid));
    if (blob?.type !== 'blob') return false;
    const base = before === undefined ? undefined : this.reader.recall(before);
    this.entries.push(base ? { ...blob, base } : blob);
    return true;
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
