/** How a server stood in the last day or week: a strip for the eye, and every stretch of it as a table for those who read. */
import { after, DAY_MS, elapsedMs, type Time } from '@gityard/domain';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { clockTime, counted, durationWords } from '../../format.ts';
import { PRESENCE_WORDS, presenceWords } from '../../parts/heat-buckets.ts';
import { base, controls } from '../../styles.ts';
import type { PresenceStretch } from '../../worker/questions/presence.ts';
import '../../parts/heat-strip.ts';
import '../../parts/panel-card.ts';

const MOST_LINES = 40;
const SPANS = [1, 7] as const;
export type Days = (typeof SPANS)[number];

@customElement('health-card')
export class HealthCard extends LitElement {
  @property() server = '';
  @property({ attribute: false }) days: Days = 1;
  @property({ attribute: false }) stretches: readonly PresenceStretch[] = [];
  @property({ attribute: false }) now!: Time;
  /** The links to other spans, and what to say while there is nothing yet. */
  @property({ attribute: false }) hrefOf!: (days: Days) => string;
  @property({ attribute: false }) instead: TemplateResult | null = null;

  static override styles = [
    base,
    controls,
    css`
      .inside {
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
      }
      heat-strip {
        --heat-height: 36px;
      }
      .axis {
        display: flex;
        justify-content: space-between;
        margin-top: 4px;
      }
      nav {
        display: flex;
        gap: var(--space);
        margin-bottom: var(--space);
      }
      nav a {
        display: inline-flex;
        align-items: center;
        min-height: var(--target);
        padding: 0 calc(1.25 * var(--space));
        border: 1px solid var(--line);
        border-radius: 18px;
        color: var(--fg);
        font-size: var(--small);
        text-decoration: none;
      }
      nav a[aria-current] {
        border-color: var(--accent);
        color: var(--accent);
        font-weight: 600;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 calc(2 * var(--space));
        margin-top: var(--space);
      }
      summary {
        min-height: var(--target);
        align-content: center;
        cursor: pointer;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: var(--small);
      }
      th,
      td {
        padding: 4px var(--space) 4px 0;
        text-align: left;
        font-weight: 400;
        border-top: 1px solid var(--line);
      }
      thead th {
        color: var(--dim);
        border: 0;
      }
    `,
  ];

  override render() {
    const { server, days, stretches, now, instead } = this;
    const from = after(now, -days * DAY_MS);
    const span = days === 1 ? 'last 24 hours' : 'last 7 days';
    return html`<panel-card heading="Health">
      <div class="inside">
        <nav aria-label="How far back">${SPANS.map((it) => html`<a href=${this.hrefOf(it)} aria-current=${it === days ? 'true' : nothing}>${it === 1 ? '24 hours' : '7 days'}</a>`)}</nav>
        <heat-strip .stretches=${stretches} .from=${from} .to=${now} .count=${days === 1 ? 96 : 168} label="${server}, ${span}"></heat-strip>
        <div class="axis small dim"><span>${days === 1 ? '24 h ago' : '7 d ago'}</span><span>now</span></div>
        <p class="small legend"><span>${capital(presenceWords(stretches))}.</span></p>
        ${instead}
        ${stretches.length === 0 ? nothing : this.#table()}
      </div>
    </panel-card>`;
  }

  #table() {
    const { stretches, now } = this;
    const newest = stretches.slice(-MOST_LINES).reverse();
    return html`<details>
      <summary class="small">As a table: ${counted(stretches.length, 'stretch', 'stretches')} of time</summary>
      <table>
        <caption class="small dim">${stretches.length > MOST_LINES ? `The newest ${MOST_LINES}, newest first` : 'Newest first'}</caption>
        <thead><tr><th scope="col">It was</th><th scope="col">from</th><th scope="col">for</th></tr></thead>
        <tbody>${newest.map(({ presence, from, to }) => html`<tr><th scope="row">${PRESENCE_WORDS[presence]}</th><td><time datetime=${from} title=${from}>${clockTime(Date.parse(from), now)}</time></td><td>${durationWords(elapsedMs(from, to))}</td></tr>`)}</tbody>
      </table>
    </details>`;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
