/** All locks, and one of them with its history: `#/locks`, `#/locks/<name>`. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted, shortId } from '../../format.ts';
import { Asking } from '../../parts/asking.ts';
import { jobTitle, type LockRow } from '../../rows.ts';
import type { ChangeRow } from '../../worker/questions/changes/told-in.ts';
import { AskingPage, brokenNote } from '../asking-page.ts';
import { changeLine, changeStyles } from '../changes/change-line.ts';
import { lockCard, type ShownLock } from './lock-card.ts';
import { tokenOf } from './lock-token.ts';

@customElement('locks-page')
export class LocksPage extends AskingPage {
  readonly #locks = new Asking(this, 'locks');
  readonly #history = new Asking(this, 'lockHistory');
  #shown: string | undefined;

  static override styles = [
    ...AskingPage.styles,
    changeStyles,
    css`
      .time {
        display: flex;
        align-items: center;
        gap: var(--space);
        margin-top: 4px;
      }
      svg.left {
        flex: 0 1 200px;
        min-width: 60px;
        height: 6px;
        border-radius: 3px;
        background: var(--track);
        fill: var(--run);
      }
      .over {
        color: var(--bad);
      }
      .line {
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        border-top: 1px solid var(--line);
      }
      h3 {
        margin: 0;
        font-size: var(--small);
        font-weight: 600;
        color: var(--wait);
      }
      ol {
        margin: 4px 0 0;
        padding-left: 3ch;
      }
      li.plain {
        padding: 2px 0;
        border: 0;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space);
        padding: var(--space) calc(2 * var(--space));
        border-top: 1px solid var(--line);
        font-size: var(--small);
      }
      .grid {
        display: grid;
        gap: calc(2 * var(--space));
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
        align-items: start;
      }
    `,
  ];

  override willUpdate(): void {
    const { yard, head } = this;
    const [, name] = this.route.path;
    this.#locks.about(yard, { key: head, asked: { at: head }, forget: false });
    const forget = name !== this.#shown;
    this.#shown = name;
    if (name !== undefined) this.#history.about(yard, { key: `${head} ${name}`, asked: { name, at: head }, forget });
  }

  override render() {
    const [, name] = this.route.path;
    const locks = inOrder(
      this.#locks.answer?.locks.map((it) => ({ ...it, unnamed: 0 })) ?? this.model.locks.map(asShown),
    );
    return name === undefined ? this.#all(locks) : this.#one(locks, name);
  }

  #all(locks: readonly ShownLock[]): TemplateResult {
    const used = locks.filter(isUsed);
    const free = locks.filter((it) => !isUsed(it));
    const waiting = used.reduce((sum, it) => sum + it.waiting.length + it.unnamed, 0);
    return html`
      <h1><strong>${used.length === 0 ? 'No lock is held.' : `${counted(used.length, 'lock is', 'locks are')} held.`}</strong>
        ${waiting === 0 ? 'Nobody waits for one.' : `${counted(waiting, 'waits', 'wait')} for one.`}</h1>
      ${this.#locks.failure ? this.instead(this.#locks) : nothing} ${this.lookAgain()}
      ${
        locks.length === 0
          ? nobody
          : used.length === 0
            ? nothing
            : html`<div class="grid">${repeat(
                used,
                ({ name }) => name,
                (it) => this.#card(it),
              )}</div>`
      }
      ${free.length === 0 ? nothing : this.#free(free)} ${brokenNote(this.#locks.answer?.broken ?? [])}
    `;
  }

  #card(lock: ShownLock): TemplateResult {
    const isAlone = this.route.path.length > 1;
    const nameOf = (job: string) => this.#nameOf(job);
    return lockCard(lock, { now: this.now, href: (path) => this.href(path), nameOf, isAlone });
  }

  #nameOf(id: string): string {
    const job = [...this.model.jobs, ...this.model.finished].find((it) => it.id === id);
    return job ? `${jobTitle(job)} ${job.branch ?? ''}` : `job ${shortId(id)}`;
  }

  #free(locks: readonly ShownLock[]): TemplateResult {
    return html`<panel-card heading="Free" .count=${locks.length}>
      <ul>${locks.map(
        ({ name, token }) =>
          html`<li><div class="row"><span class="body"><a class="name" href=${this.href(['locks', name])}>${name}</a></span><span class="end small dim">${tokenOf(token, 'last ')}</span></div></li>`,
      )}</ul>
    </panel-card>`;
  }

  #one(locks: readonly ShownLock[], name: string): TemplateResult {
    const lock = locks.find((it) => it.name === name);
    const { answer } = this.#history;
    return html`
      <p class="crumbs"><a href=${this.href(['locks'])}>All locks</a></p>
      <h1>Lock <strong>${name}</strong></h1>
      ${lock ? this.#card(lock) : this.#unknown(name)} ${this.lookAgain()}
      <panel-card heading="History" note=${answer?.isCut ? `the last ${answer.rows.length}` : ''}>
        ${answer ? this.#rows(answer.rows) : this.instead(this.#history)}
      </panel-card>
    `;
  }

  #rows(rows: readonly ChangeRow[]): TemplateResult {
    if (rows.length === 0)
      return html`<empty-note text="Whoever takes, gives back or breaks this lock will be listed here."></empty-note>`;
    return html`<ul>${rows.map((row) => html`<li>${changeLine({ ...row, lock: null }, { now: this.now, at: this.at, model: this.model })}</li>`)}</ul>`;
  }

  #unknown(name: string): TemplateResult | typeof nothing {
    if (!this.#locks.answer) return nothing;
    return html`<panel-card heading="There is no such lock"><empty-note text="It comes into being when somebody takes it for the first time." command=${`gityard lock run ${name} -- ./deploy.sh`}></empty-note></panel-card>`;
  }
}

const isUsed = ({ holders, waiting, unnamed }: ShownLock): boolean => holders.length + waiting.length + unnamed > 0;

/** The longest line first: there somebody loses time. */
const inOrder = (locks: readonly ShownLock[]): readonly ShownLock[] =>
  [...locks].sort((a, b) => b.waiting.length + b.unnamed - a.waiting.length - a.unnamed || (a.name < b.name ? -1 : 1));

/** Until all is known of it. */
const asShown = ({ name, holder, token, acquiredAt, expiresAt, count, waiting }: LockRow): ShownLock => ({
  ...{ name, token, count, waiting: [], unnamed: waiting },
  holders: holder === null || acquiredAt === null ? [] : [{ holder, token, acquiredAt, expiresAt, reason: null }],
});

const nobody = html`<panel-card heading="Locks"><empty-note text="A lock keeps two servers from doing the same thing at once. Who holds one, until when, and who waits for it will stand here." command="gityard lock run deploy -- ./deploy.sh"></empty-note></panel-card>`;
