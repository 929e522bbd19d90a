/** The operation log: everything that was done to the yard, by day, with the way back to the yard as it was at each moment. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted } from '../../format.ts';
import { Asking } from '../../parts/asking.ts';
import { remember, remembered } from '../../remembered.ts';
import { type Route, replaceRoute, withQuery } from '../../router.ts';
import type { Failure } from '../../worker/protocol.ts';
import type { ChangeRow } from '../../worker/questions/changes/told-in.ts';
import { yardKey } from '../../yard/yard-key.ts';
import { AskingPage, failed } from '../asking-page.ts';
import { changeLine, changeStyles } from './change-line.ts';
import { byDay, type ChangesLog, type Day, dayOf, firstSeen, withNewest, withOlder } from './changes-log.ts';
import { GROUP_WORDS, GROUPS, groupOf, operationWord } from './operation-words.ts';

/** Commits, of which each may hold several changes. */
const PAGE = 50;

interface Drawn {
  readonly shown: readonly ChangeRow[];
  readonly days: readonly Day[];
}

@customElement('changes-page')
export class ChangesPage extends AskingPage {
  readonly #newest = new Asking(this, 'changes');
  @state() private log: ChangesLog | undefined;
  @state() private isReading = false;
  @state() private failure: Failure | undefined;
  /** When the last visit ended; null: this is the first. */
  #seenAt: string | null = null;
  readonly #end = new IntersectionObserver(([entry]) => entry?.isIntersecting && void this.#older());

  static override styles = [
    ...AskingPage.styles,
    changeStyles,
    css`
      li:has(> .mark) {
        border-top-color: var(--accent);
      }
      .mark {
        margin-bottom: 4px;
        color: var(--accent);
        font-size: var(--small);
        font-weight: 600;
      }
      panel-card {
        content-visibility: auto;
        contain-intrinsic-size: auto 400px;
      }
    `,
  ];

  get #visitName(): string {
    return `changes-seen-${yardKey(this.model)}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.log = undefined;
  }

  override disconnectedCallback(): void {
    this.#end.disconnect();
    const [newest] = this.log?.rows ?? [];
    if (newest && this.at === null && this.view.connection.mayKeep) remember(this.#visitName, newest.at);
    super.disconnectedCallback();
  }

  override willUpdate(changed: PropertyValues): void {
    const { head, yard } = this;
    if (this.log === undefined) this.#seenAt = remembered(this.#visitName);
    // Another moment of the address is another log.
    const before = changed.get('route') as this['route'] | undefined;
    const isOther = before !== undefined && (before.query.get('at') ?? null) !== this.at;
    if (isOther) this.log = undefined;
    this.#newest.about(yard, { key: head, asked: { from: head, count: PAGE }, forget: isOther });
    if (this.#newest.answer && this.#taken !== this.#newest.answer) {
      this.#taken = this.#newest.answer;
      this.log = withNewest(this.log, this.#newest.answer);
    } else if (this.log === undefined && this.#newest.answer) this.log = this.#newest.answer;
  }
  #taken: ChangesLog | undefined;

  /** Worked out anew when something changed but the time. */
  get #drawn(): Drawn {
    const { log, route } = this;
    if (this.#known?.log !== log || this.#known?.route !== route) {
      const shown = (log?.rows ?? []).filter((row) => this.#isWanted(row));
      this.#known = { log, route, shown, days: byDay(shown) };
    }
    return this.#known;
  }
  #known: (Drawn & { readonly log: ChangesLog | undefined; readonly route: Route }) | undefined;

  override updated(): void {
    this.#end.disconnect();
    const end = this.renderRoot.querySelector('.end-of-log');
    // Where requests are few, reading on is for a person to ask for; and what rarely fits would be sought through all history.
    const { query } = this.route;
    const isPatient = this.isThrifty || query.has('q') || query.has('sort');
    if (end && !isPatient && !this.isReading && !this.failure) this.#end.observe(end);
  }

  override render() {
    const rows = this.log?.rows ?? [];
    const { shown, days } = this.#drawn;
    return html`
      <h1>${this.#headline(rows)}</h1>
      ${this.#filters(shown.length, rows.length)} ${this.lookAgain()}
      ${this.log ? this.#days({ shown, days, rows }) : html`<panel-card heading="Changes">${this.instead(this.#newest)}</panel-card>`}
      ${this.log && this.#newest.failure ? failed(this.#newest.failure) : nothing} ${this.#endOfLog()}
    `;
  }

  #headline(rows: readonly ChangeRow[]): TemplateResult {
    if (!this.log) return html`<strong>What was done</strong> to the yard`;
    if (this.#seenAt === null) return html`<strong>Everything that was done,</strong> newest first.`;
    const fresh = firstSeen(rows, this.#seenAt);
    if (fresh === 0) return html`<strong>Nothing new</strong> since your last visit.`;
    const more = fresh === -1 ? 'More than ' : '';
    return html`<strong>${more}${counted(fresh === -1 ? rows.length : fresh, 'change')}</strong> since your last visit.`;
  }

  #filters(shown: number, all: number): TemplateResult {
    const { query } = this.route;
    const set = (name: string) => (event: Event) =>
      replaceRoute(withQuery(this.route, { [name]: (event.target as HTMLInputElement).value }));
    const sort = query.get('sort') ?? '';
    return html`<div class="bar" role="search">
      <label class="wide">Search <input type="search" .value=${query.get('q') ?? ''} placeholder="a job, a server, a reason" @input=${set('q')} /></label>
      <label>About <select @change=${set('sort')}>
        <option value="" ?selected=${sort === ''}>everything</option>
        ${GROUPS.map((group) => html`<option value=${group} ?selected=${group === sort}>${GROUP_WORDS[group].toLowerCase()}</option>`)}
      </select></label>
      <span class="last small dim" role="status">${shown === all ? counted(all, 'change') : `${shown} of ${counted(all, 'change')}`} read so far</span>
    </div>`;
  }

  #isWanted({ operation, subject, agent, by, job, lock, message, reason }: ChangeRow): boolean {
    const { query } = this.route;
    const sort = query.get('sort');
    if (sort !== undefined && groupOf(operation) !== sort) return false;
    const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const text = [operationWord(operation), subject, agent, by, job, lock, message, reason].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  }

  #days({ shown, days, rows }: Drawn & { readonly rows: readonly ChangeRow[] }): TemplateResult {
    if (rows.length === 0)
      return html`<panel-card heading="Changes"><empty-note text="Every job, lock and message leaves a line here: who did what, when, and why." command='gityard job add --repo . --command "make"'></empty-note></panel-card>`;
    if (shown.length === 0)
      return html`<panel-card heading="Changes"><empty-note text="Nothing of what was read so far fits. Older changes may."></empty-note></panel-card>`;
    const seen = this.#seenAt === null ? -1 : firstSeen(shown, this.#seenAt);
    const marked = seen > 0 ? shown[seen]?.key : undefined;
    return html`${days.map(
      ({ day, rows: of }) => html`<panel-card heading=${this.#dayWord(day)} .count=${of.length}>
        <ul>${repeat(
          of,
          ({ key }) => key,
          (row) =>
            html`<li>${row.key === marked ? html`<p class="mark">You have seen everything from here on</p>` : nothing}${changeLine(row, { now: this.now, at: this.at, model: this.model })}</li>`,
        )}</ul>
      </panel-card>`,
    )}`;
  }

  #dayWord(day: string): string {
    const yesterday = new Date(Date.parse(this.now) - 86_400_000).toISOString();
    return day === dayOf(this.now) ? 'Today' : day === dayOf(yesterday) ? 'Yesterday' : day;
  }

  #endOfLog(): TemplateResult | typeof nothing {
    if (!this.log) return nothing;
    if (this.failure)
      return html`${failed(this.failure)}<button type="button" @click=${this.#older}>Try again</button>`;
    if (this.log.next === null)
      return html`<p class="small dim">${this.log.isCutOff ? 'Here the history of the yard was cut; what came before is not kept where this page can read it.' : 'This is where the history of the yard begins.'}</p>`;
    return html`<p class="end-of-log"><button type="button" ?disabled=${this.isReading} @click=${this.#older}>${this.isReading ? 'Reading …' : 'Older changes'}</button></p>`;
  }

  readonly #older = async (): Promise<void> => {
    const { log } = this;
    if (!log || log.next === null || this.isReading) return;
    this.isReading = true;
    this.failure = undefined;
    try {
      const older = await this.yard.ask('changes', { from: log.next, count: PAGE });
      // The head may have grown meanwhile, and the address may mean another moment.
      if (this.log?.next === log.next) this.log = withOlder(this.log, older);
    } catch (error) {
      this.failure = (error as { failure?: Failure }).failure ?? { kind: 'invalid', reason: 'it could not be read' };
    } finally {
      this.isReading = false;
    }
  };
}
