/** Rows of cells to aligned lines. A column that is empty in every row is left out. */

import { dim, type Line, type Span, textOf } from './lines.ts';
import { safeLine } from './safe-text.ts';

export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Span[])[];
}

const GAP = '  ';

export function table({ heads, rows }: Table): Line[] {
  const columns = heads.flatMap((_, at) => (rows.some((row) => textOf(row[at] ?? '') !== '') ? [at] : []));
  const widths = columns.map((at) =>
    Math.max(widthOf(heads[at] ?? ''), ...rows.map((row) => widthOf(textOf(row[at] ?? '')))),
  );
  const aligned = (cells: readonly Span[]): Line =>
    columns.flatMap((at, index) => {
      const cell = cells[at] ?? '';
      const isLast = index === columns.length - 1;
      return isLast ? [cell] : [cell, ' '.repeat((widths[index] ?? 0) - widthOf(textOf(cell))), GAP];
    });
  return [aligned(heads.map((head) => dim(head))), ...rows.map(aligned)];
}

const widthOf = (text: string): number => [...safeLine(text)].length;
