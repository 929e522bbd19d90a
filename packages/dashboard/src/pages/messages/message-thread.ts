/** A conversation, oldest first: each message with its text, its file, who has read it, and who still owes an answer. */
import { elapsedMs, type Time } from '@gityard/domain';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted, untilWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { Asking } from '../../parts/asking.ts';
import type { Route } from '../../router.ts';
import { base, controls, rows } from '../../styles.ts';
import { markdown, markdownStyles } from '../../text/markdown.ts';
import { type Masked, masked } from '../../text/masked.ts';
import { sizeWords } from '../../text/size-words.ts';
import type { ThreadMessage } from '../../worker/questions/messages/thread.ts';
import type { YardOfPage } from '../../yard/yard.ts';
import { failed } from '../asking-page.ts';
import { pageLayout } from '../page-layout.ts';
import { thingStyles } from '../thing-styles.ts';
import { sortWords } from './sort-words.ts';
import '../../parts/copy-line.ts';

/** Each later message that is looked through for answers may cost a request. */
const LOOKED_THROUGH = 500;
const LOOKED_THROUGH_WHERE_REQUESTS_ARE_FEW = 12;

@customElement('message-thread')
export class MessageThread extends LitElement {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'ask'>;
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) route!: Route;
  @property({ attribute: false }) override id = '';
  @property({ attribute: false }) head = '';
  @property({ attribute: false }) isThrifty = false;
  readonly #thread = new Asking(this, 'thread');
  #told = '';

  override connectedCallback(): void {
    super.connectedCallback();
    // Most who come to the messages look through the list.
    void import('./message-receipts.ts');
  }

  static override styles = [
    base,
    rows,
    controls,
    pageLayout,
    thingStyles,
    markdownStyles,
    css`
      article {
        padding: calc(2 * var(--space));
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space);
      }
      article + article {
        border-top: 1px solid var(--line);
      }
      article:target,
      .opened {
        box-shadow: inset 3px 0 var(--accent);
      }
      h2 {
        margin: 0;
        font-size: 15px;
        line-height: 24px;
        font-weight: 600;
      }
      .facts {
        margin: 0;
      }
      .warning {
        padding: var(--space) calc(1.5 * var(--space));
        border: 1px solid var(--bad);
        border-radius: 8px;
        font-size: var(--small);
      }
      .file {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        overflow-wrap: anywhere;
        font-size: var(--small);
      }
    `,
  ];

  override willUpdate(changed: PropertyValues): void {
    const most = this.isThrifty ? LOOKED_THROUGH_WHERE_REQUESTS_ARE_FEW : LOOKED_THROUGH;
    const asked = { id: this.id, at: this.head, most };
    this.#thread.about(this.yard, { key: `${this.head} ${this.id}`, asked, forget: changed.has('id') });
  }

  override updated(): void {
    const ids = this.#thread.answer?.messages.map(({ id }) => id) ?? [];
    if (ids.length === 0 || ids.join() === this.#told) return;
    this.#told = ids.join();
    this.dispatchEvent(new CustomEvent('seen', { detail: ids }));
  }

  override render() {
    const { answer, failure, isWaiting } = this.#thread;
    if (failure && !answer) return failed(failure);
    if (isWaiting || answer === undefined)
      return html`<panel-card heading="Thread"><p class="waiting dim" role="status">Reading …</p></panel-card>`;
    if (answer === null)
      return html`<panel-card heading="There is no such message"><empty-note text="It may have been removed with the archive." command="gityard message list"></empty-note></panel-card>`;
    const { messages, unread } = answer;
    const subject = messages[0]?.subject ?? '';
    return html`
      <h1><strong>${subject === '' ? 'No subject' : masked(subject).text}</strong></h1>
      <panel-card heading=${counted(messages.length, 'message')}>
        ${repeat(
          messages,
          ({ id }) => id,
          (it) => this.#message(it, subject),
        )}
      </panel-card>
      ${unread === 0 ? nothing : html`<p class="small dim">${counted(unread, 'later message was', 'later messages were')} not looked through: there may be answers among them. <code>gityard message thread ${this.id}</code> shows all.</p>`}
    `;
  }

  #message(message: ThreadMessage, subjectBefore: string): TemplateResult {
    const { id, from, to, subject, sentAt, ackBy, missing, automatic, expiresAt } = message;
    const { body, title, hidden } = readable(message);
    const isNamed = subject !== '' && subject !== subjectBefore && subject !== `Re: ${subjectBefore}`;
    return html`<article class=${id === this.id ? 'opened' : ''}>
      <div class="row"><h2 class="body">${from} <span class="dim">to ${to}</span></h2><span class="end small dim">${age(sentAt, this.now)}</span></div>
      ${isNamed ? html`<p><strong>${title}</strong></p>` : nothing}
      ${hidden.length === 0 ? nothing : html`<p class="warning bad"><strong>This message seems to hold ${hidden.join(' and ')}.</strong> It is hidden here, and stands in the repository for everybody who can read that. Change it where it is used.</p>`}
      ${body.text === '' ? nothing : guard([message], () => markdown(body.text))}
      ${message.attachment === null ? nothing : attachment(message)}
      <div class="facts">
        ${sortWords(message)}
        ${automatic ? html`<span>sent automatically</span>` : nothing}
        ${expiresAt === null ? nothing : html`<span>${elapsedMs(this.now, expiresAt) <= 0 ? 'expired' : `expires ${untilWords(expiresAt, this.now)}`}</span>`}
        ${ackBy === null ? nothing : missing > 0 ? html`<strong class="wait">${missing} to acknowledge, due ${untilWords(ackBy, this.now)}</strong>` : html`<span>acknowledged by all</span>`}
      </div>
      <message-receipts .message=${message} .now=${this.now}></message-receipts>
    </article>`;
  }
}

interface Readable {
  readonly body: Masked;
  readonly title: string;
  readonly hidden: readonly string[];
}
const known = new WeakMap<ThreadMessage, Readable>();

/** Looked through once, and not again with every second. */
function readable(message: ThreadMessage): Readable {
  const before = known.get(message);
  if (before) return before;
  const [body, title] = [masked(message.body), masked(message.subject)];
  const found = { body, title: title.text, hidden: [...new Set([...body.hidden, ...title.hidden])] };
  known.set(message, found);
  return found;
}

function attachment({ id, attachment: file }: ThreadMessage): TemplateResult | typeof nothing {
  if (file === null) return nothing;
  return html`<div class="file">
    <p><strong>${file.name}</strong> <span class="dim">${sizeWords(file.sizeBytes)}, sha256 <code>${file.sha256}</code></span></p>
    <copy-line command="gityard message get ${id}"></copy-line>
  </div>`;
}
