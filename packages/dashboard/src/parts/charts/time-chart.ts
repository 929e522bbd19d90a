/**
 * Values over time as lines or as stacked bars, with axes that name their unit, a focus for each point and a table that
 * says the same. It knows nothing of jobs: what is drawn, its words and its measure are passed in.
 */
import { html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../styles.ts';
import { styled } from '../styled.ts';
import { chartStyles } from './chart-styles.ts';
import { labelEvery, type Measure, runs, ticksUpTo } from './scale.ts';

export interface Series {
  readonly name: string;
  readonly tone: 'ok' | 'run' | 'wait' | 'bad' | 'off';
  /** null: not known. */
  readonly values: readonly (number | null)[];
}
/** One place on the axis of time: its word there, and its words in full. */
export interface Moment {
  readonly short: string;
  readonly long: string;
}

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [176, 72, 10, 10, 24];
const WORD_PX = 56;
const TIP_PX = 190;

@customElement('time-chart')
export class TimeChart extends LitElement {
  @property() label = '';
  @property({ attribute: false }) kind: 'lines' | 'bars' = 'lines';
  @property({ attribute: false }) measure: Measure = 'count';
  @property({ attribute: false }) moments: readonly Moment[] = [];
  @property({ attribute: false }) series: readonly Series[] = [];
  /** What is counted, beside the highest number of the axis; '' where the words of a value say it. */
  @property() unit = '';
  /** A value in words. */
  @property({ attribute: false }) words: (value: number) => string = String;
  @state() private width = 0;
  /** The point that is pointed at or has the focus. */
  @state() private shown: number | null = null;
  @state() private current: number | null = null;
  @state() private isOpen = false;
  readonly #resized = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0);
  });

  static override styles = [base, chartStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override render() {
    return html`
      ${this.series.length > 1 ? html`<p class="legend">${this.series.map(({ name, tone }, at) => html`<span><svg class="key ${tone} s${at}" viewBox="0 0 16 8" aria-hidden="true">${this.kind === 'bars' ? svg`<rect width="16" height="8" rx="2"></rect>` : svg`<path d="M0 4H16"></path>`}</svg>${name}</span>`)}</p>` : nothing}
      <div class="plot" @pointerleave=${() => this.#show(null)}>
        ${this.width === 0 ? nothing : this.#drawing()}
        ${this.shown === null ? nothing : this.#tip(this.shown)}
      </div>
      <details @toggle=${this.#toggle}><summary>As a table</summary>${this.isOpen ? this.#table() : nothing}</details>
    `;
  }

  #drawing() {
    const { series, moments, width } = this;
    const step = this.#step;
    const ticks = ticksUpTo(this.#largest, this.measure);
    const y = (value: number) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * value) / (ticks.at(-1) ?? 1);
    const every = labelEvery(moments.length, { width: width - LEFT - RIGHT, wordWidth: WORD_PX });
    const last = moments.length - 1;
    return html`<svg class="drawing" width=${width} height=${HEIGHT} role="group" aria-label="${this.label}: ${moments.length} points, arrow keys go from one to the next" @keydown=${this.#key}>
      ${ticks.map((tick) => svg`<line class="grid" x1=${LEFT} x2=${width - RIGHT} y1=${y(tick)} y2=${y(tick)}></line><text class="axis" aria-hidden="true" x=${LEFT - 8} y=${y(tick) + 4} text-anchor="end">${this.words(tick)}${tick === ticks.at(-1) ? ` ${tick === 1 ? this.unit.replace(/s$/, '') : this.unit}` : ''}</text>`)}
      ${moments.map(({ short }, at) => ((last - at) % every === 0 ? svg`<text class="axis" aria-hidden="true" x=${this.#x(at)} y=${HEIGHT - 6} text-anchor="middle">${short}</text>` : nothing))}
      ${this.shown === null ? nothing : svg`<rect class="band" x=${LEFT + step * this.shown} y=${TOP} width=${step} height=${HEIGHT - TOP - BOTTOM}></rect>`}
      ${this.kind === 'bars' ? this.#bars(y) : series.map((it, at) => this.#line(it, { at, y }))}
      ${moments.map((_, at) => svg`<rect class="slot" role="img" aria-label=${this.#sentence(at)} tabindex=${at === (this.current ?? last) ? 0 : -1} x=${LEFT + step * at} y=${TOP} width=${step} height=${HEIGHT - TOP - BOTTOM} @pointerenter=${() => this.#show(at)} @focus=${() => this.#focus(at)} @blur=${() => this.#show(null)}></rect>`)}
    </svg>`;
  }

  #bars(y: (value: number) => number) {
    const step = this.#step;
    const bar = Math.max(2, Math.min(28, step * 0.7));
    return this.moments.map((_, at) => {
      let below = 0;
      return this.series.map(({ tone, values }) => {
        const value = values[at] ?? 0;
        if (value === 0) return nothing;
        const from = below;
        below += value;
        return svg`<rect class="bar ${tone}" x=${this.#x(at) - bar / 2} y=${y(below)} width=${bar} height=${Math.max(1, y(from) - y(below))}></rect>`;
      });
    });
  }

  #line({ tone, values }: Series, { at: number, y }: { readonly at: number; readonly y: (value: number) => number }) {
    const point = (at: number) => `${this.#x(at).toFixed(1)} ${y(values[at] ?? 0).toFixed(1)}`;
    return runs(values).map((run) =>
      run.length === 1
        ? svg`<circle class="dot ${tone}" cx=${this.#x(run[0] ?? 0)} cy=${y(values[run[0] ?? 0] ?? 0)} r="2.500"></circle>`
        : svg`<path class="line ${tone} s${number}" d="M${run.map(point).join('L')}"></path>`,
    );
  }

  #tip(at: number) {
    const left = Math.max(0, Math.min(this.width - TIP_PX, this.#x(at) - TIP_PX / 2));
    return html`<div class="tip" aria-hidden="true" ${styled({ left: `${left}px`, width: `${TIP_PX}px` })}>
      <b>${this.moments[at]?.long}</b>
      ${this.series.map(({ name, values }) => html`<span>${name}<i>${this.#value(values[at] ?? null)}</i></span>`)}
    </div>`;
  }

  #table() {
    return html`<div class="scroll" role="region" aria-label="${this.label}, as a table" tabindex="0"><table>
      <thead><tr><th scope="col">When</th>${this.series.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${this.moments.map(({ long }, at) => html`<tr><th scope="row">${long}</th>${this.series.map(({ values }) => html`<td>${this.#value(values[at] ?? null)}</td>`)}</tr>`)}</tbody>
    </table></div>`;
  }

  get #step(): number {
    return (this.width - LEFT - RIGHT) / Math.max(1, this.moments.length);
  }

  get #largest(): number {
    const of = (at: number) => this.series.map(({ values }) => values[at] ?? 0);
    const heights = this.moments.map((_, at) =>
      this.kind === 'bars' ? of(at).reduce((sum, it) => sum + it, 0) : Math.max(...of(at)),
    );
    return Math.max(0, ...heights);
  }

  #x(at: number): number {
    return LEFT + this.#step * (at + 0.5);
  }

  #value(value: number | null): string {
    return value === null ? '–' : this.words(value);
  }

  #sentence(at: number): string {
    return `${this.moments[at]?.long}: ${this.series.map(({ name, values }) => `${name} ${this.#value(values[at] ?? null)}`).join(', ')}`;
  }

  #show(at: number | null): void {
    this.shown = at;
  }

  #focus(at: number): void {
    this.current = at;
    this.shown = at;
  }

  #key(event: KeyboardEvent): void {
    const last = this.moments.length - 1;
    const at = this.current ?? last;
    const next = new Map([
      ['ArrowLeft', at - 1],
      ['ArrowRight', at + 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (next === undefined) return;
    event.preventDefault();
    const slots = this.renderRoot.querySelectorAll<SVGElement>('.slot');
    slots[Math.max(0, Math.min(last, next))]?.focus();
  }

  #toggle(event: Event): void {
    this.isOpen = (event.target as HTMLDetailsElement).open;
  }
}
