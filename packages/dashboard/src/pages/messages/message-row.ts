/** One line of the list: who told whom what, what is still expected of it, and whether it was seen in this browser. */
import type { Time } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { counted, untilWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import type { MessageRow } from '../../rows.ts';
import { type Masked, masked } from '../../text/masked.ts';

const known = new WeakMap<MessageRow, Masked>();

/** Looked through once, and not again with every second. */
function maskedSubject(message: MessageRow): Masked {
  const found = known.get(message) ?? masked(message.subject ?? '');
  known.set(message, found);
  return found;
}

interface Drawing {
  readonly now: Time;
  readonly href: string;
  readonly isSeen: boolean;
}

export function messageRow(message: MessageRow, { now, href, isSeen }: Drawing): TemplateResult {
  const { from, to, sentAt } = message;
  const { text, hidden } = maskedSubject(message);
  return html`<div class="row ${isSeen ? 'seen' : 'unseen'}">
    <span class="dot" aria-hidden="true"></span>
    <div class="body">
      ${isSeen ? nothing : html`<span class="hidden">Not seen: </span>`}<a class="name" href=${href}>${text === '' ? html`<span class="dim">no subject</span>` : text}</a>
      <div class="facts">
        <span>${from} to ${to}</span>
        ${sortWords(message)}
        ${hidden.length === 0 ? nothing : html`<strong class="bad">hides ${hidden.join(' and ')}</strong>`}
        ${standing(message, now)}
      </div>
    </div>
    <span class="end small dim">${age(sentAt, now)}</span>
  </div>`;
}

export function sortWords({ type, priority }: Pick<MessageRow, 'type' | 'priority'>) {
  return html`${type === undefined || type === 'info' ? nothing : html`<span>${type}</span>`}
  ${priority === 'critical' || priority === 'high' ? html`<strong class="bad">${priority}</strong>` : nothing}`;
}

function standing({ ackBy, ackedBy, missingAcks, readBy, expired }: MessageRow, now: Time): TemplateResult {
  if (expired) return html`<span>expired</span>`;
  if (missingAcks > 0)
    return html`<strong class="wait">${missingAcks} to acknowledge, ${ackBy === null ? '' : `due ${untilWords(ackBy, now)}`}</strong>`;
  if (ackBy !== null) return html`<span>acknowledged by ${ackedBy}</span>`;
  return html`<span>${readBy === 0 ? 'read by nobody yet' : `read by ${counted(readBy, 'recipient')}`}</span>`;
}
