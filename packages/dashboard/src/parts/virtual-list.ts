/**
 * A long list of rows of one height, of which only those near the window are drawn. They are drawn into the element that
 * uses this, so that its styles reach them; the row that has the focus stays, wherever one scrolls.
 */
import { css, html, noChange, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { repeat } from 'lit/directives/repeat.js';
import { styled } from './styled.ts';

export interface Range {
  readonly first: number;
  /** Not in it any more. */
  readonly end: number;
}

interface Seen {
  /** Where the list begins, measured from the upper edge of what is seen; negative when scrolled past. */
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}

/** Drawn beyond both edges, so that a quick hand does not see an empty place. */
const SPARE_ROWS = 8;

export function rangeOf({ top, height, rowHeight, count }: Seen): Range {
  const first = Math.floor(-top / rowHeight) - SPARE_ROWS;
  const end = Math.ceil((height - top) / rowHeight) + SPARE_ROWS;
  const within = (row: number) => Math.min(count, Math.max(0, row));
  return { first: within(first), end: within(end) };
}

/** The rows of a range, and the one that has the focus, in their order. */
export function drawnRows({ first, end }: Range, focused: number): readonly number[] {
  const rows = Array.from({ length: end - first }, (_, at) => first + at);
  if (focused < 0 || (focused >= first && focused < end)) return rows;
  return focused < first ? [focused, ...rows] : [...rows, focused];
}

interface Drawing<T> {
  readonly label: string;
  readonly keyOf: (item: T) => string;
  readonly row: (item: T) => TemplateResult;
  readonly rowHeight: number;
}

/** Tells which element was drawn. Lit's own `ref` could do more, and weighs as much as all the rest of this. */
class Found extends Directive {
  override update({ element }: ElementPart, [tell]: [(element: Element) => void]) {
    tell(element);
    return noChange;
  }

  render(_tell: (element: Element) => void) {
    return noChange;
  }
}
const found = directive(Found);

export class VirtualList<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #list: Element | undefined;
  readonly #found = (list: Element): void => {
    this.#list = list;
  };
  #range: Range = { first: 0, end: 2 * SPARE_ROWS };
  #focused: string | null = null;
  #count = 0;
  #rowHeight = 1;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('scroll', this.#look, { capture: true, passive: true });
    addEventListener('resize', this.#look);
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#look, { capture: true });
    removeEventListener('resize', this.#look);
  }

  hostUpdated(): void {
    this.#look();
  }

  draw(items: readonly T[], { label, keyOf, row, rowHeight }: Drawing<T>): TemplateResult {
    this.#count = items.length;
    this.#rowHeight = rowHeight;
    const { first, end } = this.#range;
    const range = { first: Math.min(first, items.length), end: Math.min(end, items.length) };
    const focused = this.#focused === null ? -1 : items.findIndex((item) => keyOf(item) === this.#focused);
    const drawn = drawnRows(range, focused).flatMap((at) => {
      const item = items[at];
      return item === undefined ? [] : [{ at, item }];
    });
    return html`<ul class="virtual" aria-label=${label} ${found(this.#found)} ${styled({ height: `${items.length * rowHeight}px` })} @focusin=${this.#focus} @focusout=${this.#blur}>${repeat(
      drawn,
      ({ item }) => keyOf(item),
      ({ at, item }) =>
        html`<li data-key=${keyOf(item)} aria-setsize=${items.length} aria-posinset=${at + 1} ${styled({ top: `${at * rowHeight}px`, height: `${rowHeight}px` })}>${row(item)}</li>`,
    )}</ul>`;
  }

  readonly #focus = (event: Event): void => {
    const row = event.composedPath().find((it) => it instanceof HTMLElement && it.dataset.key !== undefined);
    this.#focused = (row as HTMLElement | undefined)?.dataset.key ?? null;
  };

  readonly #blur = (): void => {
    this.#focused = null;
  };

  readonly #look = (): void => {
    const list = this.#list;
    if (!list?.isConnected) return;
    const { top } = list.getBoundingClientRect();
    const range = rangeOf({ top, height: innerHeight, rowHeight: this.#rowHeight, count: this.#count });
    if (range.first === this.#range.first && range.end === this.#range.end) return;
    this.#range = range;
    this.#host.requestUpdate();
  };
}

/** For the element that uses it. */
export const virtualStyles = css`
  .virtual {
    position: relative;
  }
  .virtual li {
    position: absolute;
    left: 0;
    right: 0;
    padding: 0;
    border-top: 0;
    border-bottom: 1px solid var(--line);
  }
  .virtual li:last-child {
    border-bottom: 0;
  }
`;
