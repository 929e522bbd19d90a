/** Keeps as many rows of each list as a file of bounded size can take, the first ones first, and counts what it leaves out. */

export interface List<T extends object = object> {
  /** Made one by one while there is room for more. */
  readonly rows: Iterable<T>;
  /** How many there really are; the caller may have cut the list short itself. */
  readonly total: number;
  /** The most bytes it may take from the others. What it does not need goes to the lists after it. */
  readonly shareBytes: number;
}

export type Lists = Readonly<Record<string, List>>;
export type Fitted<L extends Lists> = {
  readonly rows: { readonly [K in keyof L]: L[K] extends List<infer T> ? T[] : never };
  readonly truncated: Record<string, number>;
};

export function rowsThatFit<const L extends Lists>(lists: L, budgetBytes: number): Fitted<L> {
  const rows: Record<string, object[]> = {};
  const truncated: Record<string, number> = {};
  let left = budgetBytes;
  let promised = Object.values(lists).reduce((sum, list) => sum + list.shareBytes, 0);
  for (const [name, list] of Object.entries(lists)) {
    promised -= list.shareBytes;
    const kept = within(list.rows, Math.max(0, left - promised));
    left -= kept.bytes;
    rows[name] = kept.rows;
    if (kept.rows.length < list.total) truncated[name] = list.total - kept.rows.length;
  }
  return { rows, truncated } as Fitted<L>;
}

function within(rows: Iterable<object>, budgetBytes: number): { rows: object[]; bytes: number } {
  const kept: object[] = [];
  let bytes = 0;
  for (const row of rows) {
    const next = bytes + rowBytes(row);
    if (next > budgetBytes) break;
    kept.push(row);
    bytes = next;
  }
  return { rows: kept, bytes };
}

/** As it is written: indented by two spaces, and here two levels deep in its file. */
function rowBytes(row: object): number {
  const text = JSON.stringify(row, null, 2);
  const lines = text.split('\n').length;
  return utf8Bytes(text) + lines * 4 + 2;
}

/** The domain has no encoder of its own; counting is enough. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // A surrogate pair is two units here and four bytes there.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
