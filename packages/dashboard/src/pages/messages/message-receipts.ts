/** Who has read and acknowledged a message, one line for each recipient; folded until somebody wants to know. */
import type { Time } from '@gityard/domain';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { age } from '../../parts/age.ts';
import { base, controls } from '../../styles.ts';
import type { Receipt, ThreadMessage } from '../../worker/questions/messages/thread.ts';
import { thingStyles } from '../thing-styles.ts';
import '../../actions/action-button.ts';
import '../../parts/status-dot.ts';

const MOST_SHOWN = 200;

@customElement('message-receipts')
export class MessageReceipts extends LitElement {
  @property({ attribute: false }) message!: ThreadMessage;
  @property({ attribute: false }) now!: Time;
  @state() private isOpen = false;

  static override styles = [
    base,
    controls,
    thingStyles,
    css`
      summary {
        min-height: var(--target, 36px);
        display: inline-flex;
        align-items: center;
        gap: 6px;
        cursor: pointer;
        color: var(--accent);
        font-size: var(--small);
      }
      summary::before {
        content: '▸';
      }
      details[open] > summary::before {
        content: '▾';
      }
    `,
  ];

  override render() {
    const { receipts, ackBy } = this.message;
    const owed = receipts.filter((it) => it.isRecipient);
    const [read, acked] = [owed.filter((it) => it.readAt !== null), owed.filter((it) => it.ackedAt !== null)];
    const words = `Read by ${read.length} of ${owed.length}${ackBy === null ? '' : `, acknowledged by ${acked.length} of ${owed.length}`}`;
    return html`<details @toggle=${this.#toggle}><summary>${words}</summary>${this.isOpen ? this.#table() : nothing}</details>`;
  }

  #table(): TemplateResult {
    const { receipts, subject, from, attachment } = this.message;
    return html`<div class="scroll"><table>
      <caption class="hidden">Receipts of ${subject === '' ? `the message of ${from}` : subject}</caption>
      <thead><tr><th scope="col">Recipient</th><th scope="col">Read</th><th scope="col">Acknowledged</th>${attachment === null ? nothing : html`<th scope="col">File fetched</th>`}<th scope="col"><span class="hidden">Actions</span></th></tr></thead>
      <tbody>${receipts.slice(0, MOST_SHOWN).map((it) => this.#row(it))}</tbody>
    </table></div>
    ${receipts.length > MOST_SHOWN ? html`<p class="small dim">and ${receipts.length - MOST_SHOWN} more: <code>gityard message show ${this.message.id}</code></p>` : nothing}`;
  }

  #row({ reader, readAt, ackedAt, downloadedAt, isRecipient }: Receipt): TemplateResult {
    const { id, ackBy, attachment } = this.message;
    const wish = (op: 'read' | 'acknowledge') => ({ op, target: id, args: { reader } });
    return html`<tr>
      <th scope="row">${reader}</th>
      <td>${this.#stamp(readAt, 'Not yet')}</td>
      <td>${this.#stamp(ackedAt, ackBy === null ? 'Not asked for' : 'Not yet')}</td>
      ${attachment === null ? nothing : html`<td>${this.#stamp(downloadedAt, 'Not yet')}</td>`}
      <td><div class="actions">
        ${readAt === null && isRecipient ? html`<action-button .wish=${wish('read')} label="Mark as read" subject="for ${reader}"></action-button>` : nothing}
        ${ackedAt === null && isRecipient ? html`<action-button .wish=${wish('acknowledge')} label="Acknowledge" subject="for ${reader}"></action-button>` : nothing}
      </div></td>
    </tr>`;
  }

  #stamp(at: Time | null, otherwise: string): TemplateResult {
    return at === null
      ? html`<span class="dim">${otherwise}</span>`
      : html`<status-dot tone="ok">${age(at, this.now)}</status-dot>`;
  }

  #toggle(event: Event): void {
    this.isOpen = (event.target as HTMLDetailsElement).open;
  }
}
