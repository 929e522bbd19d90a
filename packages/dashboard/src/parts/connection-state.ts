/** How good the connection is and how old the data are, in words. The two are different things and never mixed. */
import type { Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ageWords } from '../format.ts';
import { base } from '../styles.ts';
import type { Word } from '../words.ts';
import type { Connection, ConnectionState } from '../worker/protocol.ts';
import './status-dot.ts';

const WORDS: Readonly<Record<ConnectionState, Word>> = {
  connecting: { tone: 'wait', word: 'Connecting' },
  live: { tone: 'ok', word: 'Live' },
  late: { tone: 'wait', word: 'Late' },
  limited: { tone: 'wait', word: 'Limited' },
  offline: { tone: 'bad', word: 'Offline' },
  paused: { tone: 'off', word: 'Paused' },
  past: { tone: 'wait', word: 'As of' },
};

@customElement('connection-state')
export class ConnectionStateElement extends LitElement {
  @property({ attribute: false }) connection!: Connection;
  @property({ attribute: false }) at: Time | undefined;
  @property({ attribute: false }) now!: Time;

  static override styles = [
    base,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0 calc(1.5 * var(--space));
        font-size: var(--small);
        line-height: 20px;
      }
      status-dot {
        font-weight: 600;
      }
    `,
  ];

  override render() {
    const { tone, word } = WORDS[this.connection.state];
    // Polite and without the age, which would be read out every second.
    return html`<p>
      <status-dot role="status" tone=${tone} title=${this.connection.failure?.reason ?? ''}>${word}</status-dot>
      ${this.at === undefined ? nothing : html`<span class="dim nowrap">data ${dataAge(this.at, this.now)}</span>`}
    </p>`;
  }
}

function dataAge(at: Time, now: Time): string {
  const words = ageWords(at, now);
  return words.endsWith(' ago') ? `${words.slice(0, -' ago'.length)} old` : words;
}
