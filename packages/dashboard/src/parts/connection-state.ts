/** How good the connection is and how old the data are, in words; opened, it tells everything. The two are never mixed. */
import type { Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ageWords, clockTime } from '../format.ts';
import { CONNECTION_WORDS } from '../frame/connection-words.ts';
import { looksStanding } from '../frame/standing.ts';
import { base, controls } from '../styles.ts';
import type { Connection } from '../worker/protocol.ts';
import './status-dot.ts';

@customElement('connection-state')
export class ConnectionStateElement extends LitElement {
  @property({ attribute: false }) connection!: Connection;
  @property({ attribute: false }) at: Time | undefined;
  @property({ attribute: false }) now!: Time;

  static override styles = [
    base,
    controls,
    css`
      button {
        gap: calc(1.25 * var(--space));
        /* Of its widest word at the start, so that nothing beside it moves when it is connected. */
        min-width: 142px;
        max-width: 100%;
        justify-content: flex-start;
        border-radius: 22px;
      }
      status-dot {
        font-weight: 600;
        text-transform: uppercase;
        letter-spacing: 0.03em;
        font-size: 12px;
      }
    `,
  ];

  override render() {
    const isLate = looksStanding(this.connection, Date.parse(this.now)) !== 'fresh';
    const state = this.connection.state === 'live' && isLate ? 'late' : this.connection.state;
    const { tone, word } = CONNECTION_WORDS[state];
    return html`<button type="button" aria-haspopup="dialog" title="About the connection">
      <status-dot tone=${tone}>${word}</status-dot>
      ${this.at === undefined ? nothing : html`<span class="dim">${state === 'past' ? clockTime(Date.parse(this.at), this.now) : dataAge(this.at, this.now)}</span>`}
    </button>`;
  }
}

function dataAge(at: Time, now: Time): string {
  const words = ageWords(at, now);
  return words.endsWith(' ago') ? words.slice(0, -' ago'.length) : words;
}
