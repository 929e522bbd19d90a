/** Who has read and acknowledged a message, one line for each recipient; folded where they are many, or owe nothing. */
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
/** So many lines stand open by themselves as long as something is owed: what can be done there is to be seen. */
const MOST_OPEN = 6;

@customElement('message-receipts')
export class MessageReceipts extends LitElement {
  @property({ attribute: false }) message!: ThreadMessage;
  @property({ attribute: false }) now!: Time;
  /** undefined: nobody has said yet. */
  @state() private wish: boolean | undefined;

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
      tr > :first-child {
        padding-left: 0;
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
    const isOpen = this.wish ?? (owed.length <= MOST_OPEN && isOwed(this.message));
    return html`<details ?open=${isOpen} @toggle=${this.#toggle}><summary>${words}</summary>${isOpen ? this.#table() : nothing}</details>`;
  }

  #table(): TemplateResult {
    const { receipts, subject, from, attachment } = this.message;
    return html`<div class="scroll"><table>
      <caption class="hidden">Receipts of ${subject === '' ? `the message of ${from}` : subject}</caption>
      <thead><tr><th scope="col">Recipient</th><th scope="col">Read</th><th scope="col">Acknowledged</th>${attachment === null ? nothing : html`<th scope="col">File fetched</th>`}</tr></thead>
      <tbody>${receipts.slice(0, MOST_SHOWN).map((it) => this.#row(it))}</tbody>
    </table></div>
    ${receipts.length > MOST_SHOWN ? html`<p class="small dim">and ${receipts.length - MOST_SHOWN} more: <code>gityard message show ${this.message.id}</code></p>` : nothing}`;
  }

  #row({ reader, readAt, ackedAt, downloadedAt, isRecipient }: Receipt): TemplateResult {
    const { id, ackBy, attachment } = this.message;
    const button = (op: 'read' | 'acknowledge', label: string) =>
      isRecipient
        ? html`<action-button .wish=${{ op, target: id, args: { reader } }} label=${label} subject="for ${reader}"></action-button>`
        : html`<span class="dim">Not yet</span>`;
    const optional = html`<span class="dim">Not asked for</span>`;
    return html`<tr>
      <th scope="row">${reader}</th>
      <td>${this.#stamp(readAt) ?? button('read', 'Mark as read')}</td>
      <td>${this.#stamp(ackedAt) ?? (ackBy === null ? optional : button('acknowledge', 'Acknowledge'))}</td>
      ${attachment === null ? nothing : html`<td>${this.#stamp(downloadedAt) ?? html`<span class="dim">Not yet</span>`}</td>`}
    </tr>`;
  }

  #stamp(at: Time | null): TemplateResult | undefined {
    return at === null ? undefined : html`<status-dot tone="ok">${age(at, this.now)}</status-dot>`;
  }

  #toggle(event: Event): void {
    this.wish = (event.target as HTMLDetailsElement).open;
  }
}

const isOwed = ({ receipts, ackBy }: ThreadMessage): boolean =>
  receipts.some(
    ({ isRecipient, readAt, ackedAt }) => isRecipient && (readAt === null || (ackBy !== null && ackedAt === null)),
  );
