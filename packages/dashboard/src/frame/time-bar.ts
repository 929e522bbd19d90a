/**
 * Walks through the moments of a day. While the slider is dragged only the words of each moment are shown, which are here
 * already; the snapshot is read when it is let go.
 */
import type { Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shortCommit } from '../format.ts';
import { type Route, replaceRoute, withQuery } from '../router.ts';
import { base, controls } from '../styles.ts';
import type { StopInTime } from '../worker/past/moments.ts';
import type { YardOfPage } from '../yard/yard.ts';
import { momentsOf } from './moments-of.ts';
import type { Past } from './past.ts';

@customElement('time-bar')
export class TimeBar extends LitElement {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'ask'>;
  @property({ attribute: false }) route!: Route;
  @property({ attribute: false }) past: Past | undefined;
  /** The day that is shown when the address names no moment. */
  @property({ attribute: false }) today!: Time;
  @state() private day = '';
  @state() private moments: readonly StopInTime[] = [];
  @state() private trouble = '';
  /** Where the slider stands while it is dragged. */
  @state() private dragged: number | undefined;
  #over: AbortController | undefined;
  #reading: Promise<void> = Promise.resolve();

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 4px;
        padding: var(--space) max(calc(2 * var(--space)), calc(50% - 616px));
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space);
      }
      .slider {
        flex: 1 1 240px;
        accent-color: var(--accent);
        padding: 0;
      }
      @media (max-width: 600px) {
        .slider {
          order: -1;
          flex-basis: 100%;
        }
        .main {
          margin-left: auto;
        }
      }
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (
      changed.has('past') &&
      this.past?.state === 'shown' &&
      !this.moments.some(({ commit }) => commit === this.past?.commit)
    )
      this.#goTo(dayOf(this.past.model.at));
    if (this.day === '') this.#goTo(dayOf(this.today));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#over?.abort();
  }

  override render() {
    const at = this.dragged ?? this.#at();
    const moment = this.moments[at];
    const last = this.moments.length - 1;
    const isNow = this.past === undefined && this.dragged === undefined;
    return html`<div class="bar" role="group" aria-label="Time travel">
        <input type="date" aria-label="Day" .value=${this.day} max=${dayOf(this.today)} @change=${this.#pickDay} />
        <button type="button" aria-label="First moment of the day" ?disabled=${last < 0} @click=${() => this.#show(0)}>|‹</button>
        <button type="button" aria-label="One moment earlier" title="Earlier ([)" ?disabled=${last < 0} @click=${() => void this.step(-1)}>‹</button>
        <input class="slider" type="range" aria-label="Moment" aria-valuetext=${moment ? said(moment) : 'now'} min="0" max=${Math.max(0, last)} .value=${`${at}`}
          ?disabled=${last < 0} @input=${this.#drag} @change=${this.#drop} />
        <button type="button" aria-label="One moment later" title="Later (])" ?disabled=${isNow} @click=${() => void this.step(1)}>›</button>
        <button type="button" class="main" title="Back to now (0)" ?disabled=${this.past === undefined} @click=${this.live}>Now</button>
      </div>
      <p class="small dim">${this.#words(isNow ? undefined : moment)}</p>`;
  }

  /** To the moment before or after, over the ends of the day too; after the last one is now. */
  async step(by: 1 | -1): Promise<void> {
    // The bar may have come with this very key.
    await this.updateComplete;
    await this.#reading;
    if (this.past === undefined && by === 1) return;
    const next = this.past === undefined ? this.moments.length - 1 : this.#at() + by;
    if (this.moments[next]) return this.#show(next);
    if (by === 1 && this.day >= dayOf(this.today)) return this.live();
    this.#goTo(dayOf(new Date(Date.parse(this.day) + by * DAY_MS).toISOString()));
    await this.#reading;
    this.#show(by === 1 ? 0 : this.moments.length - 1);
  }

  readonly live = (): void => replaceRoute(withQuery(this.route, { at: null }));

  #words(moment: StopInTime | undefined) {
    if (this.trouble !== '') return this.trouble;
    if (moment)
      return html`<time datetime=${moment.at}>${moment.at.slice(11, 19)} UTC</time> ${moment.subject} <span class="mono">${shortCommit(moment.commit)}</span>`;
    const count = this.moments.length;
    return count === 0
      ? nothing
      : `${count} ${count === 1 ? 'change' : 'changes'} on this day; drag to see the yard as it was.`;
  }

  #at(): number {
    const at = this.moments.findIndex(({ commit }) => commit === this.past?.commit);
    return at === -1 ? Math.max(0, this.moments.length - 1) : at;
  }

  #show(at: number): void {
    const moment = this.moments[at];
    if (moment) replaceRoute(withQuery(this.route, { at: moment.commit }));
  }

  #drag(event: InputEvent): void {
    this.dragged = Number((event.target as HTMLInputElement).value);
  }

  #drop(event: Event): void {
    this.dragged = undefined;
    this.#show(Number((event.target as HTMLInputElement).value));
  }

  #pickDay(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    if (value !== '') this.#goTo(value);
  }

  #goTo(day: string): void {
    if (day === this.day) return;
    this.day = day;
    this.moments = [];
    this.trouble = 'Reading what happened on this day …';
    this.#reading = this.#read(day);
  }

  async #read(day: string): Promise<void> {
    this.#over?.abort();
    this.#over = new AbortController();
    const { signal } = this.#over;
    try {
      const moments = await momentsOf(this.yard, day, signal);
      if (signal.aborted) return;
      this.moments = moments;
      this.trouble = moments.length === 0 ? 'Nothing changed on this day.' : '';
    } catch (error) {
      if (!signal.aborted)
        this.trouble = `The moments of this day cannot be read: ${error instanceof Error ? error.message : 'no answer'}.`;
    }
  }
}

const DAY_MS = 86_400_000;

const dayOf = (time: Time): string => time.slice(0, 10);
const said = ({ at, subject }: StopInTime): string => `${at.slice(11, 16)} UTC, ${subject}`;
