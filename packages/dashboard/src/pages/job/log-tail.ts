/** The end of a job's log, and the way to all of it. Where looking costs, it is fetched when somebody wants it. */
import { elapsedMs, type Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { counted } from '../../format.ts';
import { hrefOf } from '../../router.ts';
import { base, controls } from '../../styles.ts';
import { type Ask, LogData } from '../log/log-data.ts';
import { drawnLine } from '../log/log-line.ts';
import { inkStyles } from '../log/log-styles.ts';
import '../../parts/panel-card.ts';

const SHOWN_LINES = 16;
/** The log of a build that has ended may come some minutes after it. */
const LATE_MS = 10 * 60_000;

@customElement('log-tail')
export class LogTail extends LitElement {
  @property({ attribute: false }) yard!: Ask;
  @property() job = '';
  @property({ attribute: false }) at: string | null = null;
  @property({ attribute: false }) isLocal = false;
  @property({ attribute: false }) isRunning = false;
  /** When its job ended; null: it has not. */
  @property({ attribute: false }) endedAt: Time | null = null;
  @property({ attribute: false }) now!: Time;
  @state() private isWanted = false;
  readonly #data = new LogData(this);

  static override styles = [
    base,
    controls,
    inkStyles,
    css`
      .lines {
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        overflow-x: auto;
        font: 12.5px/20px var(--mono);
        white-space: pre;
        tab-size: 8;
        min-height: 60px;
      }
      .lines > div {
        min-height: 20px;
      }
      .lines + .foot {
        border-top: 1px solid var(--line);
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space) calc(2 * var(--space));
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        font-size: var(--small);
      }
    `,
  ];

  override willUpdate(): void {
    this.#data.isLocal = this.isLocal;
    this.#data.isRunning = this.isRunning;
    this.#data.isOld = this.endedAt !== null && elapsedMs(this.endedAt, this.now) > LATE_MS;
    if (this.#isAsked)
      this.#data.want(this.yard, { id: this.job, at: this.at, logs: null, attempt: null, isWhole: false });
  }

  get #isAsked(): boolean {
    return this.isWanted || this.isLocal;
  }

  override render() {
    const { opened } = this.#data;
    const errors = opened ? counted(opened.errors.length, 'error') : '';
    return html`<panel-card heading="Log" note=${opened ? (opened.isWhole ? `${counted(opened.lines, 'line')}, ${errors}` : '') : ''}>
      ${this.#lines()}
      <div class="foot">${this.#isAsked ? nothing : html`<button type="button" @click=${() => (this.isWanted = true)}>Show its end here</button>`}<a class="button" href=${hrefOf(['jobs', this.job, 'log'], { at: this.at })}>Open the log</a>${this.isRunning && opened ? html`<span class="dim">New lines come by themselves</span>` : nothing}</div>
    </panel-card>`;
  }

  #lines() {
    const { opened, failure } = this.#data;
    if (failure) return html`<p class="lines dim">It cannot be read now: ${failure.reason}</p>`;
    if (!this.#isAsked) return nothing;
    if (opened === undefined) return html`<p class="lines dim">Being read …</p>`;
    if (opened === null)
      return html`<p class="lines dim">${this.isRunning ? 'Nothing of it was published yet.' : 'There is none, or it was removed.'}</p>`;
    const first = Math.max(0, opened.lines - SHOWN_LINES);
    const shown = Array.from({ length: opened.lines - first }, (_, at) => first + at);
    this.#data.need(shown);
    return html`<div class="lines" tabindex="0" role="region" aria-label="The last lines">${shown.map((line) => html`<div>${drawnLine(this.#data.line(line) ?? [], null)}</div>`)}</div>`;
  }
}
