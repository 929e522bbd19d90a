/** One field for everything: go to a page or a thing, filter, or do something to it. Opened with Ctrl+K or `/`. */
import type { ReadModel } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WishEvent } from '../actions/wish.ts';
import { hrefOf } from '../router.ts';
import { type Entry, entriesOf, found } from './find.ts';
import { Overlay } from './overlay.ts';

const SHOWN = 40;

export interface Runnable {
  readonly title: string;
  readonly detail: string;
  readonly href?: string;
  readonly run?: () => void;
}

@customElement('command-palette')
export class CommandPalette extends Overlay {
  @property({ attribute: false }) model!: ReadModel;
  /** The pages, and what the frame itself can do. */
  @property({ attribute: false }) fixed: readonly Runnable[] = [];
  /** Only these: what can be done with the row that has the focus. */
  @property({ attribute: false }) only: readonly Runnable[] | undefined;
  @state() private query = '';
  @state() private at = 0;
  #entries: readonly Entry[] = [];
  #found: readonly Entry[] = [];
  #runs = new Map<string, () => void>();

  static override styles = [
    ...Overlay.styles,
    css`
      dialog {
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      input {
        width: 100%;
        min-height: 52px;
        padding: 0 calc(2 * var(--space));
        border: 0;
        border-bottom: 1px solid var(--line);
        border-radius: 0;
        background: none;
        font-size: 17px;
      }
      input:focus-visible {
        border-color: var(--accent);
        outline: none;
      }
      ul {
        overflow-y: auto;
        padding: 6px;
        overscroll-behavior: contain;
      }
      li {
        display: flex;
        align-items: baseline;
        gap: calc(1.5 * var(--space));
        min-height: var(--target);
        padding: 6px calc(1.25 * var(--space));
        border-radius: 8px;
        cursor: pointer;
      }
      li[aria-selected='true'] {
        background: var(--track);
        outline: 2px solid transparent;
      }
      .kind {
        flex: 0 0 7ch;
        font-size: 12px;
        color: var(--dim);
      }
      .title {
        flex: 0 1 auto;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .detail {
        flex: 1 1 0;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        text-align: right;
        color: var(--dim);
        font-size: var(--small);
      }
      .foot {
        padding: var(--space) calc(2 * var(--space));
        border-top: 1px solid var(--line);
        font-size: 12px;
        color: var(--dim);
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('model') || changed.has('fixed') || changed.has('only')) this.#gather();
    this.#found = [...found(this.#entries, this.query, SHOWN), ...this.#filters()];
    this.at = Math.min(this.at, Math.max(0, this.#found.length - 1));
  }

  override render() {
    const entries = this.#found;
    const heading = this.only === undefined ? 'Search everything' : 'What can be done';
    return this.bare(
      heading,
      html`<input
          type="text"
          role="combobox"
          aria-label=${heading}
          aria-expanded="true"
          aria-controls="found"
          aria-activedescendant=${entries.length === 0 ? nothing : `entry-${this.at}`}
          placeholder=${this.only === undefined ? 'A server, a job, a branch, a message, or what to do …' : 'What to do …'}
          autocomplete="off"
          spellcheck="false"
          autofocus
          .value=${this.query}
          @input=${this.#type}
          @keydown=${this.#key}
        />
        <ul id="found" role="listbox" aria-label="Found">
          ${entries.map(
            (
              entry,
              at,
            ) => html`<li id="entry-${at}" role="option" aria-selected=${at === this.at} @click=${() => this.#choose(entry)} @pointermove=${() => this.#select(at)}>
              <span class="kind">${entry.kind}</span><span class="title">${entry.title}</span><span class="detail">${entry.detail}</span>
            </li>`,
          )}
        </ul>
        <div class="foot">${entries.length === 0 ? 'Nothing is called that.' : '↑ ↓ to choose, Enter to open, Esc to close'}</div>`,
    );
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #gather(): void {
    this.#runs = new Map();
    const fixed = (this.only ?? this.fixed).map(({ title, detail, href, run }) => {
      if (run) this.#runs.set(title, run);
      return {
        kind: href === undefined ? ('Act' as const) : ('Page' as const),
        title,
        detail,
        ...(href === undefined ? { run: title } : { href }),
      };
    });
    this.#entries =
      this.only === undefined
        ? entriesOf(this.model, fixed)
        : fixed.map((it) => ({ ...it, lowered: it.title.toLowerCase() }));
  }

  /** The same words as a filter, on the page that has the most of their kind. */
  #filters(): readonly Entry[] {
    const query = this.query.trim();
    if (query === '' || this.only !== undefined) return [];
    return ['jobs', 'servers', 'messages'].map((page) => ({
      kind: 'Page',
      title: `Show only ${page} with “${query}”`,
      detail: '',
      href: hrefOf([page], { q: query }),
      lowered: '',
    }));
  }

  #type(event: InputEvent): void {
    this.query = (event.target as HTMLInputElement).value;
    this.at = 0;
  }

  #key(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const count = this.#found.length;
    if (by !== 0 && count > 0) this.at = (this.at + by + count) % count;
    const entry = this.#found[this.at];
    if (event.key === 'Enter' && entry) this.#choose(entry);
    if (by !== 0 || event.key === 'Enter') event.preventDefault();
  }

  #select(at: number): void {
    this.at = at;
  }

  #choose({ href, wish, run }: Entry): void {
    this.close();
    if (href !== undefined) location.hash = href;
    if (wish !== undefined) this.dispatchEvent(new WishEvent(wish));
    if (run !== undefined) this.#runs.get(run)?.();
  }
}
