/**
 * Which line of a log stands in which row: lines of a folded group take none, long ones several where they are wrapped, all
 * others one. Built anew when something is folded; looking up takes no time to speak of. Pure.
 */
export interface Folded {
  /** The line that stays. */
  readonly line: number;
  /** With that one. */
  readonly lines: number;
}

export class LineMap {
  /** The row at which each line begins; one more at the end. */
  readonly #starts: Uint32Array;

  constructor(lines: number, folded: readonly Folded[], wrapped: readonly (readonly [number, number])[]) {
    const heights = new Uint16Array(lines).fill(1);
    for (const [line, rows] of wrapped) heights[line] = rows;
    for (const { line, lines: all } of folded) heights.fill(0, line + 1, line + all);
    this.#starts = new Uint32Array(lines + 1);
    for (let line = 0; line < lines; line++) this.#starts[line + 1] = (this.#starts[line] ?? 0) + (heights[line] ?? 0);
  }

  get rows(): number {
    return this.#starts.at(-1) ?? 0;
  }

  get lines(): number {
    return this.#starts.length - 1;
  }

  rowOf(line: number): number {
    return this.#starts[Math.min(Math.max(0, line), this.lines)] ?? 0;
  }

  rowsOf(line: number): number {
    return (this.#starts[line + 1] ?? 0) - (this.#starts[line] ?? 0);
  }

  /** The line that is seen in a row; of folded ones none is. */
  lineAt(row: number): number {
    let low = 0;
    let high = this.lines - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    // Of those that begin in one row, only the last takes any room, but for a fold at the very end.
    while (low > 0 && this.rowsOf(low) === 0) low--;
    return Math.max(0, low);
  }

  /** Those that are seen in a range of rows, in their order. */
  linesIn(first: number, end: number): readonly number[] {
    const found: number[] = [];
    for (let line = this.lineAt(first); line < this.lines && this.rowOf(line) < end; line++)
      if (this.rowsOf(line) > 0) found.push(line);
    return found;
  }
}
