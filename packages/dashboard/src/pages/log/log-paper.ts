/** The lines of a log that are seen, and a few more: drawn at their places on a sheet as long as the log. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted } from '../../format.ts';
import { styled } from '../../parts/styled.ts';
import { rangeOf } from '../../parts/virtual-list.ts';
import { base, controls } from '../../styles.ts';
import type { Group } from '../../worker/questions/logs/log-marks.ts';
import type { LogOpened } from '../../worker/questions/logs/log-open.ts';
import { type Folds, foldedAtFirst, revealing, toggledFold } from './folding.ts';
import { LineMap } from './line-map.ts';
import type { Ask, LogData } from './log-data.ts';
import { drawnLine } from './log-line.ts';
import { inkStyles, logStyles } from './log-styles.ts';

const ROW_PX = 20;
/** So near to its end one means the end. */
const END_PX = 40;

@customElement('log-paper')
export class LogPaper extends LitElement {
  @property({ attribute: false }) data!: LogData;
  @property({ attribute: false }) yard!: Ask;
  @property({ attribute: false }) opened!: LogOpened;
  @property({ attribute: false }) words = '';
  @property({ attribute: false }) current: number | null = null;
  /** By their numbers, 1 = the first. */
  @property({ attribute: false, hasChanged: (a, b) => `${a}` !== `${b}` }) chosen: readonly [number, number] | null =
    null;
  @property({ attribute: false }) wraps = false;
  @property({ attribute: false }) follows = false;
  @property({ attribute: false }) hrefOfLine: (line: number) => string = () => '';
  @state() folds: Folds = new Set();
  @state() private wrapped: readonly (readonly [number, number])[] = [];
  @query('.paper') private paper!: HTMLElement;
  @query('.measure') private measure!: HTMLElement;
  #map = new LineMap(0, [], []);
  #columns = 80;
  /** A line that is to be seen as soon as it is there. */
  #wanted: number | null = null;
  #isFirst = true;
  /** The uppermost line that is seen, kept there while rows above it come and go. */
  #kept: number | null = null;
  #words: RegExp | null = null;

  static override styles = [base, controls, logStyles, inkStyles];

  /** The line in the middle of what is seen. */
  get middleLine(): number {
    return this.#map.lineAt(Math.floor((this.paper.scrollTop + this.paper.clientHeight / 2) / ROW_PX));
  }

  /** Brings a line into the middle, out of the group that hides it. */
  show(line: number): void {
    this.folds = revealing(this.folds, this.opened.groups, line);
    this.#wanted = line;
    this.#leave();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('resize', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('resize', this.#redraw);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('data')) this.data.onShift = this.#shift;
    if (changed.has('words'))
      this.#words = this.words === '' ? null : new RegExp(this.words.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), 'gi');
    const before = changed.get('opened') as LogOpened | undefined;
    const isSame = before?.isWhole === this.opened.isWhole && before.attempt === this.opened.attempt;
    const isOther = changed.has('opened') && !isSame;
    if (isOther) {
      this.folds = foldedAtFirst(this.opened);
      if (this.chosen && this.opened.isWhole) this.show(this.chosen[0] - 1);
      if (before && before.attempt !== this.opened.attempt) this.#isFirst = true;
    }
    if (changed.has('chosen') && this.chosen && this.opened.isWhole && this.hasUpdated) {
      const line = this.chosen[0] - 1;
      if (!this.#seen().includes(line)) this.show(line);
    }
    const isRearranged = changed.has('folds') || changed.has('wrapped') || changed.has('wraps');
    if (this.hasUpdated && isRearranged && !isOther)
      this.#kept = this.#map.lineAt(Math.round(this.paper.scrollTop / ROW_PX));
    if (changed.has('opened') || changed.has('folds') || changed.has('wrapped') || changed.has('wraps')) {
      const folded = this.opened.groups.filter(({ line }) => this.folds.has(line));
      this.#map = new LineMap(this.opened.lines, folded, this.wraps ? this.wrapped : []);
    }
  }

  override render() {
    const { opened } = this;
    const groups = new Map(opened.groups.map((group) => [group.line, group]));
    const errors = new Set(opened.errors);
    const warnings = new Set(opened.warnings);
    const seen = this.#seen();
    this.data.need(seen);
    const digits = `${opened.isWhole ? opened.lines : ''}`.length || 1;
    return html`<div class="paper ${this.wraps ? 'wraps' : ''}" tabindex="0" role="region" aria-label="Lines of the log" @scroll=${this.#scroll} ${styled({ '--digits': `${digits}`, '--columns': `${this.#columns}` })}>
      <span class="measure" aria-hidden="true">${'0'.repeat(100)}</span>
      <div class="all" role="list" ${styled({ height: `${this.#map.rows * ROW_PX}px` })}>${repeat(
        seen,
        (line) => line,
        (line) =>
          this.#line(line, {
            group: groups.get(line),
            mark: errors.has(line) ? 'error' : warnings.has(line) ? 'warning' : '',
          }),
      )}</div>
    </div>`;
  }

  override updated(changed: PropertyValues): void {
    if (this.#wanted !== null) {
      const middle = this.#map.rowOf(this.#wanted) * ROW_PX - this.paper.clientHeight / 2 + ROW_PX;
      this.#wanted = null;
      this.#isFirst = false;
      this.#scrollTo(middle);
    } else if (
      (this.#isFirst || this.follows) &&
      (changed.has('opened') || changed.has('follows') || changed.has('wrapped'))
    ) {
      this.#isFirst = false;
      this.#scrollTo(this.paper.scrollHeight);
    } else if (this.#kept !== null) this.#scrollTo(this.#map.rowOf(this.#kept) * ROW_PX);
    this.#kept = null;
    this.#columnsNow();
    if (this.wraps && (changed.has('wraps') || changed.has('opened'))) void this.#wrap();
  }

  #line(line: number, { group, mark }: { readonly group: Group | undefined; readonly mark: string }) {
    const { opened } = this;
    const number = line + 1;
    const text = this.data.line(line);
    const isChosen = opened.isWhole && this.chosen !== null && number >= this.chosen[0] && number <= this.chosen[1];
    const style = `l ${mark} ${isChosen ? 'chosen' : ''} ${line === this.current ? 'current' : ''}`;
    const foldable = group !== undefined && group.lines > 1;
    return html`<div class=${style} role="listitem" aria-setsize=${opened.isWhole ? opened.lines : -1} aria-posinset=${number} ${styled({ top: `${this.#map.rowOf(line) * ROW_PX}px`, height: `${this.#map.rowsOf(line) * ROW_PX}px` })}>
      ${opened.isWhole ? html`<a class="number" tabindex="-1" href=${this.hrefOfLine(number)} aria-label=${`Line ${number}${mark === '' ? '' : `, ${mark}`}`} @click=${(event: MouseEvent) => this.#choose(event, number)}>${number}</a>` : html`<span class="number" title="Its number is known when the log was read from the beginning">·</span>`}
      <span class="text">${foldable ? this.#fold(group) : text ? drawnLine(text, this.#words) : nothing}</span>
    </div>`;
  }

  #fold({ title, line, lines }: Group) {
    const isFolded = this.folds.has(line);
    return html`<button class="fold" type="button" aria-expanded=${!isFolded} @click=${() => (this.folds = toggledFold(this.folds, line))}>${isFolded ? '▸' : '▾'} ${title} <span class="dim">${counted(lines - 1, 'line')}</span></button>`;
  }

  #seen(): readonly number[] {
    const { scrollTop = 0, clientHeight = 800 } = this.hasUpdated ? this.paper : {};
    const range = rangeOf({ top: -scrollTop, height: clientHeight, rowHeight: ROW_PX, count: this.#map.rows });
    return this.#map.linesIn(range.first, range.end);
  }

  #choose(event: MouseEvent, number: number): void {
    // A new window, and what else a browser does with links, stays as it is.
    if (event.ctrlKey || event.metaKey || event.button !== 0) return;
    event.preventDefault();
    const [from] = event.shiftKey && this.chosen ? this.chosen : [number];
    this.dispatchEvent(new CustomEvent('lines-chosen', { detail: [Math.min(from, number), Math.max(from, number)] }));
  }

  #leave(): void {
    if (this.follows) this.dispatchEvent(new CustomEvent('follows', { detail: false }));
  }

  #scrollTo(top: number): void {
    this.paper.scrollTop = top;
    this.requestUpdate();
  }

  readonly #redraw = (): void => {
    this.requestUpdate();
    if (this.wraps) void this.#wrap();
  };

  readonly #scroll = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.paper;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - END_PX;
    if (isAtEnd !== this.follows && !this.opened.isOver)
      this.dispatchEvent(new CustomEvent('follows', { detail: isAtEnd }));
    this.requestUpdate();
  };

  /** What comes before takes its place without moving what is read. */
  readonly #shift = (lines: number): void => {
    const line = this.#map.lineAt(Math.floor(this.paper.scrollTop / ROW_PX)) + lines;
    const { scrollTop, clientHeight, scrollHeight } = this.paper;
    if (scrollTop + clientHeight >= scrollHeight - END_PX) this.#isFirst = true;
    else void this.updateComplete.then(() => this.#scrollTo(this.#map.rowOf(line) * ROW_PX));
  };

  #columnsNow(): void {
    const width = this.measure.getBoundingClientRect().width / 100;
    const number = this.renderRoot.querySelector('.number')?.getBoundingClientRect().width ?? 60;
    if (width > 0) this.#columns = Math.max(10, Math.floor((this.paper.clientWidth - number - 8) / width));
  }

  async #wrap(): Promise<void> {
    const { asked } = this.data;
    const columns = this.#columns;
    if (!asked) return;
    this.wrapped = await this.yard.ask('log-wrapped', { log: asked, columns });
  }
}
