/** A message as a line of one height: who told whom what, what is still expected of it, and whether it was seen in this browser. */
import type { Time } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { counted, untilWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import type { MessageRow } from '../../rows.ts';
import { type Masked, masked } from '../../text/masked.ts';
import { sortWords } from './sort-words.ts';

export const ROW_PX = 64;
export const NARROW_ROW_PX = 86;

const known = new WeakMap<MessageRow, Masked>();

/** Looked through once, and not again with every second. */
export function maskedSubject(message: MessageRow): Masked {
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
  return html`<div class="message ${isSeen ? 'seen' : 'unseen'}" data-row>
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

function standing({ ackBy, ackedBy, missingAcks, readBy, expired }: MessageRow, now: Time): TemplateResult {
  if (expired) return html`<span>expired</span>`;
  if (missingAcks > 0)
    return html`<strong class="wait">${missingAcks} to acknowledge, ${ackBy === null ? '' : `due ${untilWords(ackBy, now)}`}</strong>`;
  if (ackBy !== null) return html`<span>acknowledged by ${ackedBy}</span>`;
  return html`<span>${readBy === 0 ? 'read by nobody yet' : `read by ${counted(readBy, 'recipient')}`}</span>`;
}

export const messageRowStyles = css`
  .message {
    display: flex;
    gap: var(--space);
    height: 100%;
    padding: calc(1.25 * var(--space)) calc(2 * var(--space)) 0;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    margin-top: 8px;
    border-radius: 50%;
  }
  .unseen .dot {
    background: var(--accent);
  }
  .message .body {
    overflow: hidden;
  }
  .message a.name {
    position: static;
    display: block;
    outline-offset: -2px;
    overflow: hidden;
    font-weight: 400;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* The whole row is the link. */
  .message a.name::after {
    position: absolute;
    inset: 0;
    content: '';
  }
  .unseen a.name {
    font-weight: 600;
  }
  /* Only as many lines as the row is high; all of it stands in the thread. */
  .message .facts {
    max-height: 20px;
    overflow: hidden;
  }
  @media (max-width: 600px) {
    .message .facts {
      max-height: 40px;
    }
  }
`;
