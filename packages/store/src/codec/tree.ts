/**
 * The body of a tree object ⇄ its rows. Knows nothing of folders inside folders: a row names another object, no more.
 * Names that are not UTF-8 keep their bytes, because a tree that we rewrite must not lose what a person put there.
 */
import { StoreError } from '../errors.ts';
import { type Oid, oidAt, oidBytes } from './oid.ts';

export const FOLDER = '40000';
export const SUBMODULE = '160000';

export interface TreeRow {
  /** As Git stores it: 100644, 100755, 120000 (symbolic link), 160000 (submodule), 40000 (folder). */
  readonly mode: string;
  readonly name: string;
  readonly oid: Oid;
  /** Only where the name is not valid UTF-8. */
  readonly rawName?: Uint8Array;
}

const SPACE = 0x20;
const NUL = 0;

export function decodeTree(body: Uint8Array): TreeRow[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const rows: TreeRow[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at);
    const end = bytes.indexOf(NUL, space);
    if (space < 0 || end < 0 || end + 21 > bytes.length) throw brokenTree();

    rows.push(row(bytes.toString('latin1', at, space), bytes.subarray(space + 1, end), oidAt(bytes, end + 1)));
    at = end + 21;
  }
  return rows;
}

export function encodeTree(rows: readonly TreeRow[]): Uint8Array {
  const parts = inTreeOrder(rows).flatMap((it) => [
    Buffer.from(`${it.mode} `),
    it.rawName ?? Buffer.from(it.name),
    END,
    oidBytes(it.oid),
  ]);
  return new Uint8Array(Buffer.concat(parts));
}

export function inTreeOrder<Row extends TreeRow>(rows: Iterable<Row>): Row[] {
  return [...rows].sort(byTreeOrder);
}

const END = Buffer.from([NUL]);

/** What a name stands for in this folder. Makes nothing of the other rows: whoever looks along a history asks thousands of folders. */
export function oidIn(body: Uint8Array, name: string): Oid | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const wanted = Buffer.from(name);
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at);
    const end = bytes.indexOf(NUL, space);
    if (space < 0 || end < 0 || end + 21 > bytes.length) throw brokenTree();
    if (end - space - 1 === wanted.length && wanted.compare(bytes, space + 1, end) === 0) return oidAt(bytes, end + 1);
    at = end + 21;
  }
  return undefined;
}

function row(mode: string, nameBytes: Buffer, oid: Oid): TreeRow {
  const name = nameBytes.toString('utf8');
  // The replacement character is what decoding leaves of bytes that are no UTF-8.
  return name.includes('\ufffd') ? { mode, name, oid, rawName: new Uint8Array(nameBytes) } : { mode, name, oid };
}

// Git sorts a folder as if its name ended in a slash, so "foo.json" comes before the folder "foo".
function byTreeOrder(left: TreeRow, right: TreeRow): number {
  const [a, b] = [sortName(left), sortName(right)];
  if (isAscii(a) && isAscii(b)) return a < b ? -1 : Number(a > b);
  return Buffer.compare(sortBytes(left), sortBytes(right));
}

function sortName(it: TreeRow): string {
  return it.mode === FOLDER ? `${it.name}/` : it.name;
}

function sortBytes(it: TreeRow): Buffer {
  const name = it.rawName ?? Buffer.from(it.name);
  return it.mode === FOLDER ? Buffer.concat([name, Buffer.from('/')]) : Buffer.from(name);
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names may hold any byte but NUL and slash
  return /^[\x01-\x7f]*$/.test(text);
}

function brokenTree(): StoreError {
  return new StoreError('REMOTE_INVALID', 'a tree object is cut or malformed', {
    hint: 'run git fsck in the repository on the server',
  });
}
