/** The newest messages, as heads: who told whom what, and whether an answer is awaited. */
import type { Time } from '@gityard/domain';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { untilWords } from '../format.ts';
import { age } from '../parts/age.ts';
import { moreNote } from '../parts/more-note.ts';
import type { MessageRow } from '../rows.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';

const SHOWN_MESSAGES = 8;

@customElement('messages-panel')
export class MessagesPanel extends Panel {
  override render() {
    const { messages } = this.model;
    return html`<panel-card heading="Messages" .count=${messages.length}>
      ${
        messages.length === 0
          ? nobody
          : html`<ul>
        ${messages.slice(0, SHOWN_MESSAGES).map((message) => messageLine(message, this.now))}
        ${moreNote(messages.length - SHOWN_MESSAGES, 'gityard message list')}
      </ul>`
      }
    </panel-card>`;
  }
}

function messageLine(message: MessageRow, now: Time) {
  const { subject, from, to, sentAt, priority } = message;
  return html`<li>
    <div class="row">
      <span class="body">${subject === undefined || subject === '' ? html`<span class="dim">no subject</span>` : subject}</span>
      <span class="end small dim">${age(sentAt, now)}</span>
    </div>
    <div class="facts">
      <span>${from} to ${to}</span>
      ${priority === 'critical' || priority === 'high' ? html`<strong class="bad">${priority}</strong>` : nothing}
      ${standing(message, now)}
    </div>
  </li>`;
}

function standing({ ackBy, ackedBy, missingAcks, readBy, expired }: MessageRow, now: Time) {
  if (expired) return html`<span>expired</span>`;
  if (ackBy === null) return html`<span>read by ${readBy}</span>`;
  if (missingAcks === 0) return html`<span>acknowledged by ${ackedBy}</span>`;
  return html`<span class="wait">${missingAcks} to answer, due ${untilWords(ackBy, now)}</span>`;
}

const nobody = html`<empty-note text="Nobody has written yet." command='gityard message send --to all --subject "hello"'></empty-note>`;
