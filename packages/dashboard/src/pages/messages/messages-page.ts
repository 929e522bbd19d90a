/** All messages: what the snapshot holds at once, older ones page by page, searched as one types; and a thread when one is opened. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { counted } from '../../format.ts';
import { VirtualList, virtualStyles } from '../../parts/virtual-list.ts';
import { remember, remembered } from '../../remembered.ts';
import { replaceRoute, withQuery } from '../../router.ts';
import type { MessageRow } from '../../rows.ts';
import type { Failure } from '../../worker/protocol.ts';
import { yardKey } from '../../yard/yard-key.ts';
import { AskingPage, failed } from '../asking-page.ts';
import { filtered, filterIn, type MessageFilter, merged, SHOW_WORDS, SHOWS } from './message-filter.ts';
import { maskedSubject, messageRow, messageRowStyles, NARROW_ROW_PX, ROW_PX } from './message-row.ts';
import { allSeen, isSeen, type Seen, seenFrom, seenText, withSeen } from './seen.ts';
import './message-thread.ts';

const NARROW = matchMedia('(max-width: 600px)');
/** Read at once; then as many again as were read, so that whoever wants all of thousands is there soon. */
const OLDER = 200;
const OLDER_WHERE_REQUESTS_ARE_FEW = 10;

interface Drawn {
  readonly filter: MessageFilter;
  readonly all: readonly MessageRow[];
  readonly wanted: readonly MessageRow[];
  readonly fresh: number;
  readonly awaited: number;
}

@customElement('messages-page')
export class MessagesPage extends AskingPage {
  @state() private older: readonly MessageRow[] = [];
  /** undefined: nobody asked yet; null: there are no older ones. */
  @state() private next: string | null | undefined;
  @state() private isReading = false;
  @state() private failure: Failure | undefined;
  @state() private seen: Seen = seenFrom(null);
  readonly #messages = new VirtualList<MessageRow>(this);

  static override styles = [...AskingPage.styles, virtualStyles, messageRowStyles];

  get #seenName(): string {
    return `messages-seen-${yardKey(this.model)}`;
  }

  override willUpdate(changed: PropertyValues): void {
    const before = changed.get('model') as this['model'] | undefined;
    if (!changed.has('model') || (before && yardKey(before) === yardKey(this.model))) return;
    this.seen = seenFrom(remembered(this.#seenName));
  }

  override render() {
    const [, id] = this.route.path;
    if (id !== undefined)
      return html`<p class="crumbs"><a href=${this.href(['messages'])}>All messages</a></p>
        <message-thread .yard=${this.yard} .now=${this.now} .route=${this.route} .id=${id} .head=${this.head} .isThrifty=${this.isThrifty} @seen=${this.#saw}></message-thread>
        ${this.lookAgain()}`;
    return this.#list();
  }

  #list(): TemplateResult {
    const { filter, all, wanted, fresh, awaited } = this.#drawn;
    return html`
      <h1><strong>${fresh === 0 ? 'You have seen every message.' : `${counted(fresh, 'message')} you have not seen.`}</strong>
        ${awaited === 0 ? nothing : `${counted(awaited, 'waits', 'wait')} to be acknowledged.`}</h1>
      ${this.#filters(filter, { wanted: wanted.length, all: all.length, fresh })}
      ${all.length === 0 ? nobody : this.#rows(wanted)}
      ${this.failure ? failed(this.failure) : nothing}
      ${all.length === 0 ? nothing : this.#olderButton(all)}
    `;
  }

  /** As the page shows them: what seems secret is hidden here too. */
  override rowsToExport(): readonly MessageRow[] | undefined {
    if (this.route.path[1] !== undefined) return undefined;
    return this.#drawn.wanted.map((it) => ({ ...it, subject: maskedSubject(it).text }));
  }

  /** Worked out anew when something changed but the time: there may be ten thousand. */
  get #drawn(): Drawn {
    const { model, older, seen, route } = this;
    const key = [model.messages, older, seen, route];
    if (this.#known?.key.every((it, at) => it === key[at]) !== true) {
      const all = merged(model.messages, older);
      const filter = filterIn(route.query);
      const isSeenByMe = (message: MessageRow) => isSeen(seen, message);
      const wanted = filtered(all, filter, isSeenByMe);
      const fresh = all.filter((it) => !isSeenByMe(it)).length;
      this.#known = { key, all, filter, wanted, fresh, awaited: all.filter((it) => it.missingAcks > 0).length };
    }
    return this.#known;
  }
  #known: (Drawn & { readonly key: readonly unknown[] }) | undefined;

  #filters({ q, show }: MessageFilter, n: { wanted: number; all: number; fresh: number }): TemplateResult {
    const set = (name: string) => (event: Event) =>
      replaceRoute(withQuery(this.route, { [name]: (event.target as HTMLInputElement).value }));
    return html`<div class="bar" role="search">
      <label class="wide">Search <input type="search" .value=${q} placeholder="words, a server, a person" @input=${set('q')} /></label>
      <label>Show <select @change=${set('show')}>${SHOWS.map((it) => html`<option value=${it === 'all' ? '' : it} ?selected=${it === show}>${SHOW_WORDS[it]}</option>`)}</select></label>
      ${n.fresh === 0 ? nothing : html`<button type="button" title="In this browser alone; nobody else learns of it" @click=${this.#sawAll}>I have seen all</button>`}
      <span class="last small dim" role="status">${n.wanted === n.all ? counted(n.all, 'message') : `${n.wanted} of ${counted(n.all, 'message')}`}</span>
    </div>`;
  }

  #rows(wanted: readonly MessageRow[]): TemplateResult {
    if (wanted.length === 0)
      return html`<panel-card heading="Messages"><empty-note text="No message fits. Older ones may: they are read with the button below."></empty-note></panel-card>`;
    const list = this.#messages.draw(wanted, {
      label: 'Messages',
      keyOf: ({ id }) => id,
      row: (it) =>
        messageRow(it, { now: this.now, href: this.href(['messages', it.id]), isSeen: isSeen(this.seen, it) }),
      rowHeight: NARROW.matches ? NARROW_ROW_PX : ROW_PX,
    });
    return html`<panel-card heading="Messages" .count=${wanted.length}>${list}</panel-card>`;
  }

  #olderButton(all: readonly MessageRow[]): TemplateResult {
    if (this.next === null)
      return html`<p class="small dim">These are all messages that the yard keeps: ${all.length}.</p>`;
    return html`<p><button type="button" ?disabled=${this.isReading} @click=${this.#readOlder}>${this.isReading ? 'Reading …' : 'Read older messages'}</button></p>`;
  }

  readonly #readOlder = async (): Promise<void> => {
    this.isReading = true;
    this.failure = undefined;
    const before = this.next ?? this.model.messages.at(-1)?.id ?? null;
    try {
      const count = this.isThrifty ? OLDER_WHERE_REQUESTS_ARE_FEW : Math.max(OLDER, this.older.length);
      const page = await this.yard.ask('messages', { at: this.head, before, count });
      this.older = [...this.older, ...page.heads];
      this.next = page.next;
    } catch (error) {
      this.failure = (error as { failure?: Failure }).failure ?? { kind: 'invalid', reason: 'it could not be read' };
    } finally {
      this.isReading = false;
    }
  };

  readonly #saw = ({ detail }: CustomEvent<readonly string[]>): void => this.#keep(withSeen(this.seen, detail));
  readonly #sawAll = (): void => this.#keep(allSeen(this.now));

  #keep(seen: Seen): void {
    this.seen = seen;
    if (this.view.connection.mayKeep) remember(this.#seenName, seenText(seen));
  }
}

const nobody = html`<panel-card heading="Messages"><empty-note text="Servers and people tell each other things here: warnings, requests, answers. You will see who has read and who has acknowledged them." command='gityard message send --to all --subject "hello"'></empty-note></panel-card>`;
