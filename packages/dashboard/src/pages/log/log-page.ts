/**
 * The log of a job: its end first, sixty rows at a time. What one looks at stands in the address: the attempt, the lines, the
 * words that are looked for, and the commit of the logs where the link is meant to last.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { counted, shortId } from '../../format.ts';
import { keysAreOn } from '../../frame/preferences.ts';
import { hrefOf, replaceRoute, withQuery } from '../../router.ts';
import { isHeld, jobRevision, jobTitle } from '../../rows.ts';
import { controls } from '../../styles.ts';
import { sizeWords } from '../../text/size-words.ts';
import { wordOfJob } from '../../words-of-job.ts';
import type { LogAsked } from '../../worker/questions/logs/open-log.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { Finding } from './finding.ts';
import { allFolded } from './folding.ts';
import { LogData } from './log-data.ts';
import { linesWords, parseLines } from './log-line.ts';
import type { LogPaper } from './log-paper.ts';
import { logStyles } from './log-styles.ts';
import { copyLines, copyLink, download } from './take-along.ts';
import './log-paper.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';

@customElement('log-page')
export class LogPage extends Page {
  @state() private isWhole = false;
  @state() private wraps = false;
  @state() private follows = true;
  /** What the last press of a button brought, for eyes and ears. */
  @state() private said = '';
  @query('log-paper') private paper!: LogPaper | null;
  readonly #data = new LogData(this);
  readonly #finding = new Finding(this);
  #job = '';
  #hasTyped = false;

  static override styles = [...Page.styles, controls, pageLayout, logStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key, { capture: true });
  }

  override willUpdate(_: PropertyValues): void {
    const { id, row, lines } = this.#about;
    if (id !== this.#job) {
      this.#job = id;
      this.isWhole = false;
      this.follows = row !== undefined && isHeld(row) && lines === null;
    }
    const data = this.#data;
    const isLocal = this.view.connection.source?.isLocal ?? false;
    data.isLocal = isLocal;
    data.isRunning = row !== undefined && isHeld(row);
    // Numbers of lines are known only of the whole; where it costs nothing, it comes as soon as its end is on the screen.
    const isEndShown = isLocal && data.opened?.isWhole === false && data.isShown;
    const isWhole = this.isWhole || lines !== null || isEndShown || data.asked?.isWhole === true;
    data.want(this.yard, { ...this.#asked, isWhole });
    const { opened, asked } = data;
    if (opened && asked) {
      const words = this.route.query.get('q') ?? '';
      const wanted = {
        version: `${opened.lines} ${opened.isWhole}`,
        onFirst: (line: number) => this.#goTo(line),
      };
      this.#finding.want(this.yard, { log: asked, words }, wanted);
    }
  }

  override render() {
    const { opened, failure } = this.#data;
    return html`${this.#head()}
      ${failure === null ? nothing : html`<p class="trouble" role="status">The log cannot be read now: ${failure.reason}.</p>`}
      ${opened ? html`<div class="sheet">${this.#tools()}${this.#paper()}${this.#foot()}</div>` : this.#nothingYet()}`;
  }

  get #about() {
    const id = this.route.path[1] ?? '';
    const row = [...this.model.jobs, ...this.model.finished].find((job) => job.id === id);
    return { id, row, lines: parseLines(this.route.query.get('lines')) };
  }

  get #asked(): Omit<LogAsked, 'isWhole'> {
    const { query: words } = this.route;
    const attempt = Number(words.get('attempt'));
    return {
      id: this.#about.id,
      at: words.get('at') ?? null,
      logs: words.get('logs') ?? null,
      attempt: attempt > 0 ? attempt : null,
    };
  }

  #head() {
    const { id, row } = this.#about;
    const { opened } = this.#data;
    const at = this.route.query.get('at') ?? null;
    const attempt = opened?.attempts[opened.attempt - 1];
    const state = row && wordOfJob(row);
    return html`<header>
      <nav aria-label="Where this is"><a href=${hrefOf(['jobs'], { at })}>Jobs</a> / <a class="mono" href=${hrefOf(['jobs', id], { at })}>${shortId(id)}</a> / Log</nav>
      <h1>${row ? html`<strong>${jobTitle(row)}</strong> ${jobRevision(row)}` : html`Log of <strong>${shortId(id)}</strong>`}</h1>
      <div class="facts">
        ${state ? html`<status-dot tone=${state.tone}>${state.word}</status-dot>` : nothing}
        ${opened ? html`<span>${opened.isWhole ? counted(opened.lines, 'line') : `the last ${opened.lines} lines`}</span><span>${sizeWords(opened.totalBytes ?? opened.bytes)}</span>` : nothing}
        ${attempt ? html`<span>on ${attempt.agent}</span>` : nothing}
        ${opened && opened.errors.length > 0 ? html`<span>${counted(opened.errors.length, 'error')}</span>` : nothing}
        ${opened && opened.warnings.length > 0 ? html`<span>${counted(opened.warnings.length, 'warning')}</span>` : nothing}
      </div>
    </header>`;
  }

  #tools(): TemplateResult {
    const { opened } = this.#data;
    const groups = opened?.groups ?? [];
    const folds = this.paper?.folds;
    return html`<div class="tools" role="toolbar" aria-label="Log">
      <input type="search" data-search aria-label="Search the log" placeholder="Search the log" .value=${this.route.query.get('q') ?? ''} @input=${this.#search} @keydown=${this.#enter} />
      <span class="found" role="status">${this.#finding.said}</span>
      ${this.#finding.words === '' ? nothing : html`<button type="button" aria-label="Previous find" @click=${() => this.#find(-1)}>↑</button><button type="button" aria-label="Next find" @click=${() => this.#find(1)}>↓</button>`}
      ${opened && opened.errors.length > 0 ? html`<button type="button" title="e, Shift+e" @click=${() => this.#error(1)}>Next error</button>` : nothing}
      ${groups.length > 0 ? html`<button type="button" @click=${() => this.#foldAll()}>${folds && folds.size > 0 ? 'Unfold all' : 'Fold all'}</button>` : nothing}
      <button type="button" aria-pressed=${this.wraps} @click=${() => (this.wraps = !this.wraps)}>Wrap</button>
      ${opened && !opened.isOver ? html`<button type="button" aria-pressed=${this.follows} @click=${() => (this.follows = !this.follows)}>Follow</button>` : nothing}
      ${opened && opened.attempts.length > 1 ? html`<select aria-label="Attempt" @change=${this.#attempt}>${opened.attempts.map(({ number, agent }) => html`<option value=${number} ?selected=${number === opened.attempt}>Attempt ${number} on ${agent}</option>`)}</select>` : nothing}
    </div>`;
  }

  #paper() {
    const words = this.route.query.get('q') ?? '';
    return html`<log-paper .data=${this.#data} .yard=${this.yard} .opened=${this.#data.opened} .words=${words} .current=${this.#finding.line} .chosen=${this.#about.lines} .wraps=${this.wraps} .follows=${this.follows} .hrefOfLine=${(line: number) => withQuery(this.route, { lines: `${line}` })} @lines-chosen=${this.#choose} @follows=${this.#follow}></log-paper>`;
  }

  #foot() {
    const { opened } = this.#data;
    const { lines } = this.#about;
    if (!opened) return nothing;
    return html`<div class="foot">
      ${opened.isWhole ? nothing : html`<button type="button" @click=${() => (this.isWhole = true)}>Show it from the beginning${opened.totalBytes === null ? '' : ` (${sizeWords(opened.totalBytes)} in ${opened.chunks} requests)`}</button>`}
      ${opened.isOver ? nothing : html`<span class="dim">${this.follows ? 'New lines come by themselves' : 'Not following; scroll to the end to follow'}</span>`}
      <span role="status">${this.said}</span>
      <span class="spring"></span>
      ${lines === null ? html`<span class="dim">Choose lines by their numbers, a range with Shift</span>` : html`<span>Lines ${linesWords(lines)}</span><button type="button" @click=${() => this.#take(copyLines)}>Copy as Markdown</button><button type="button" @click=${() => this.#take(copyLink)}>Copy a lasting link</button>`}
      <button type="button" @click=${() => this.#take(download)}>Download</button>
    </div>`;
  }

  #nothingYet() {
    const { id, row } = this.#about;
    if (this.#data.opened === undefined)
      return html`<panel-card heading="Log"><empty-note text="The log is being read."></empty-note></panel-card>`;
    if (row?.status === 'queued')
      return html`<panel-card heading="Log"><empty-note text="The job waits. Its log will stand here, line by line, when a server has taken it." command="gityard job why ${id}"></empty-note></panel-card>`;
    const { attempt } = this.#asked;
    if (attempt !== null)
      return html`<panel-card heading="Log"><empty-note text=${`There is no log of attempt ${attempt}: its server fell silent before it could publish one, or it was removed.`}></empty-note><p class="pad"><a href=${withQuery(this.route, { attempt: null })}>The newest log of this job</a></p></panel-card>`;
    if (row && isHeld(row))
      return html`<panel-card heading="Log"><empty-note text="Nothing of it was published yet. Lines will come by themselves." command="gityard job logs ${id} -f"></empty-note></panel-card>`;
    return html`<panel-card heading="Log"><empty-note text="There is no log of this job. Old ones are removed after a while; a job that no server took has none." command="gityard job show ${id}"></empty-note></panel-card>`;
  }

  async #take(act: typeof copyLines): Promise<void> {
    const { asked, opened } = this.#data;
    const { lines, row, id } = this.#about;
    if (!asked || !opened) return;
    const title = `Log of ${row ? `${jobTitle(row)} ${jobRevision(row)}` : id}`;
    this.said = await act({
      yard: this.yard,
      asked: { ...asked, attempt: opened.attempt },
      lines,
      title,
      route: this.route,
    });
  }

  /** A link that names lines means those; what is typed goes to what it finds. */
  #goTo(line: number): void {
    if (this.#about.lines === null || this.#hasTyped) this.paper?.show(line);
  }

  #find(by: number): void {
    const line = this.#finding.step(by);
    if (line !== null) this.paper?.show(line);
    this.requestUpdate();
  }

  /** Chosen as well, so that a link that is copied now leads to it. */
  #error(by: number): void {
    const { errors = [], isWhole = false } = this.#data.opened ?? {};
    // People count lines from one.
    const chosen = (this.#about.lines?.[0] ?? 0) - 1;
    const here = errors.includes(chosen) ? chosen : (this.paper?.middleLine ?? 0);
    const next =
      by > 0
        ? (errors.find((line) => line > here) ?? errors[0])
        : (errors.findLast((line) => line < here) ?? errors.at(-1));
    if (next === undefined) return;
    // The numbers of lines are known only of the whole.
    if (isWhole) replaceRoute(withQuery(this.route, { lines: `${next + 1}` }));
    this.paper?.show(next);
  }

  #foldAll(): void {
    const { paper } = this;
    const { opened } = this.#data;
    if (!paper || !opened) return;
    paper.folds = paper.folds.size > 0 ? new Set() : allFolded(opened.groups);
    this.requestUpdate();
  }

  readonly #search = (event: Event): void => {
    this.#hasTyped = true;
    replaceRoute(withQuery(this.route, { q: (event.target as HTMLInputElement).value }));
  };

  readonly #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#find(event.shiftKey ? -1 : 1);
  };

  readonly #attempt = (event: Event): void => {
    location.hash = withQuery(this.route, { attempt: (event.target as HTMLSelectElement).value, lines: null });
  };

  readonly #choose = ({ detail }: CustomEvent<readonly [number, number]>): void =>
    replaceRoute(withQuery(this.route, { lines: linesWords(detail) }));

  readonly #follow = ({ detail }: CustomEvent<boolean>): void => {
    this.follows = detail;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const isTyping = event
      .composedPath()
      .some((it) => it instanceof Element && it.matches('input, select, textarea, dialog'));
    if (!keysAreOn() || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== 'e')
      return;
    event.preventDefault();
    event.stopPropagation();
    this.#error(event.shiftKey ? -1 : 1);
  };
}
