/**
 * Which rows of a long table are near what is seen: only those are drawn, and two empty rows keep the place of the others.
 * The row that has the focus is drawn wherever one scrolls. All rows are of one height, which is measured on the first.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface RowRange {
  readonly first: number;
  /** Not in it any more. */
  readonly end: number;
}

const SPARE_ROWS = 6;

export function rowsSeen(seen: { topPx: number; heightPx: number; rowPx: number; count: number }): RowRange {
  const { topPx, heightPx, rowPx, count } = seen;
  const within = (row: number) => Math.min(count, Math.max(0, row));
  const first = within(Math.floor(-topPx / rowPx) - SPARE_ROWS);
  return { first, end: Math.max(first, within(Math.ceil((heightPx - topPx) / rowPx) + SPARE_ROWS)) };
}

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };

export class RowWindow implements ReactiveController {
  /** Of one row, as measured. */
  rowPx = 60;
  readonly #host: Host;
  #range: RowRange = { first: 0, end: 4 * SPARE_ROWS };
  #count = 0;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('scroll', this.#look, { passive: true });
    addEventListener('resize', this.#look);
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#look);
    removeEventListener('resize', this.#look);
  }

  hostUpdated(): void {
    this.#look();
  }

  /** Of so many rows, those to draw. */
  of(count: number): RowRange {
    this.#count = count;
    const { first, end } = this.#range;
    return { first: Math.min(first, Math.max(0, count - 1)), end: Math.min(end, count) };
  }

  readonly #look = (): void => {
    const rows = this.#host.renderRoot.querySelector('[data-rows]');
    const row = rows?.querySelector<HTMLElement>('[data-row]');
    if (!rows || !row) return;
    // Borders of a table's rows belong to two of them.
    const rowPx = row.getBoundingClientRect().height;
    const seen = { topPx: rows.getBoundingClientRect().top, heightPx: innerHeight, rowPx, count: this.#count };
    const range = rowPx === 0 ? this.#range : rowsSeen(seen);
    if (range.first === this.#range.first && range.end === this.#range.end && rowPx === this.rowPx) return;
    this.rowPx = rowPx;
    this.#range = range;
    this.#host.requestUpdate();
  };
}
