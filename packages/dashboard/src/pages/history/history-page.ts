/** How well and how fast the yard builds: success, durations, queue, servers, failures, over a day, a week or a month. */
import { type ReadModel, toMs } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { counted } from '../../format.ts';
import { Asking } from '../../parts/asking.ts';
import { shareWords } from '../../parts/charts/share-bar.ts';
import { withQuery } from '../../router.ts';
import { controls } from '../../styles.ts';
import type { HistoryAnswer, HistoryAsked, Rate } from '../../worker/questions/history/history.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { endedChart, queueChart, takenChart, waitChart } from './history-charts.ts';
import { historyStyles } from './history-styles.ts';
import { causeTable, durationTable, failureTable, repairList, serverTable, slowTable } from './history-tables.ts';
import { type HistoryPoint, pointsOf, ratesOf, SPANS, type SpanName, spanNamed } from './spans.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';

const FILTERS = { project: 'projects', server: 'servers', strategy: 'strategies' } as const;
type Filter = keyof typeof FILTERS;

/** Where requests cost nothing all jobs are read; with a token some of its hour; else only when somebody asks for it. */
const [MOST_JOBS, MOST_JOBS_OF_A_BUDGET, AMPLE_BUDGET] = [2_000, 500, 1_000];
const AGAIN_AFTER_MS = 60_000;

@customElement('history-page')
export class HistoryPage extends Page {
  @state() private wantsAllJobs = false;
  @state() private wantsMonth = false;
  readonly #asking = new Asking(this, 'history');
  /** Of a moment that is over: the snapshot of it tells of a week, because each hour costs a request. */
  readonly #month = new Asking(this, 'snapshot-at');

  static override styles = [...Page.styles, controls, pageLayout, historyStyles];

  override render() {
    this.#ask();
    const model = this.#whole;
    const { words } = SPANS[this.#span];
    const { answer } = this.#asking;
    const [rates, things] = this.#isFiltered ? [answer?.rates ?? [], 'build'] : [ratesOf(model), 'job'];
    const whole = this.#isFiltered ? 'all of the yard' : words;
    return html`
      <h1>${headline(
        rates.find(({ hours }) => hours === SPANS[this.#span].hours),
        { words, things },
      )}</h1>
      ${this.#tools(answer)}
      <div class="tiles">${rates.map((rate) => tile(rate, things))}</div>
      ${this.#monthNote()}
      ${guard([model, this.#span, whole], () => charts(pointsOf(model, this.#span), whole))}
      ${this.#figures(answer, words)}
    `;
  }

  get #span(): SpanName {
    return spanNamed(this.route.query.get('span'));
  }

  get #isFiltered(): boolean {
    return Object.keys(FILTERS).some((name) => (this.route.query.get(name) ?? '') !== '');
  }

  get #at(): string | null {
    return this.route.query.get('at') ?? null;
  }

  #ask(): void {
    const { model, route, view, now } = this;
    const { budget, source } = view.connection;
    const isFree = source?.isLocal === true || source?.kind === 'gitea';
    const at = this.#at;
    if (at !== null && (isFree || this.wantsMonth))
      this.#month.about(this.yard, { key: model.head, asked: { commit: model.head, past: 'month' }, forget: true });
    const isAmple = budget !== null && budget.left > AMPLE_BUDGET;
    const affordable = isFree ? MOST_JOBS : isAmple ? MOST_JOBS_OF_A_BUDGET : 0;
    const filter = (name: Filter) => route.query.get(name) || null;
    const about = {
      hours: SPANS[this.#span].hours,
      project: filter('project'),
      server: filter('server'),
      strategy: filter('strategy'),
      mostJobs: this.wantsAllJobs ? MOST_JOBS : affordable,
    };
    // A new answer costs requests where the source counts them, so it is asked again by itself only where it does not.
    const turn = at ?? (isFree ? Math.floor(toMs(now) / AGAIN_AFTER_MS) : 'once');
    const asked: HistoryAsked = { ...about, at: model.head, untilMs: toMs(model.at) };
    this.#asking.about(this.yard, { key: JSON.stringify([about, turn]), asked, forget: false });
  }

  /** With as much of its history as was read. */
  get #whole(): ReadModel {
    const { answer } = this.#month;
    return this.#at !== null && answer?.head === this.model.head ? answer : this.model;
  }

  #monthNote() {
    if (this.#at === null || this.#whole !== this.model || this.#span !== '30d') return nothing;
    const { isWaiting, failure } = this.#month;
    if (isWaiting) return html`<p class="small dim" role="status">The weeks before that moment are being read …</p>`;
    if (failure) return html`<p class="small dim">The weeks before that moment cannot be read: ${failure.reason}.</p>`;
    return html`<div class="counted small dim">
      <p>The charts and shares reach back a week from that moment; each hour before it takes a request.</p>
      <button type="button" @click=${this.#readMonth}>Read the month</button>
    </div>`;
  }

  #readMonth(): void {
    this.wantsMonth = true;
  }

  #tools(answer: HistoryAnswer | undefined) {
    const choice = (name: Filter) => {
      const chosen = this.route.query.get(name) ?? '';
      const all = new Set([...(answer?.choices[FILTERS[name]] ?? []), ...(chosen === '' ? [] : [chosen])]);
      return html`<select aria-label="Only of one ${name}" .value=${chosen} @change=${(event: Event) => this.#choose(name, event)}>
        <option value="">All ${FILTERS[name]}</option>
        ${[...all].map((it) => html`<option value=${it} ?selected=${it === chosen}>${it}</option>`)}
      </select>`;
    };
    return html`<div class="tools">
      <nav class="spans" aria-label="Span of time">${Object.entries(SPANS).map(
        ([name, { short, words }]) =>
          html`<a href=${withQuery(this.route, { span: name === '7d' ? null : name })} title="The ${words}" aria-current=${name === this.#span ? 'true' : nothing}>${short}</a>`,
      )}</nav>
      ${choice('project')}${choice('server')}${choice('strategy')}
    </div>`;
  }

  #choose(name: Filter, event: Event): void {
    location.hash = withQuery(this.route, { [name]: (event.target as HTMLSelectElement).value });
  }

  #figures(answer: HistoryAnswer | undefined, words: string) {
    const { failure } = this.#asking;
    if (!answer) {
      const text = failure
        ? `The builds of the past cannot be read: ${failure.reason}.`
        : 'The builds of the past are being read …';
      return html`<panel-card heading="Builds" class="waiting"><empty-note text=${text}></empty-note></panel-card>`;
    }
    const { model, now } = this;
    const { hours } = SPANS[this.#span];
    const card = (heading: string, { n, body, empty, note = '' }: Card) =>
      html`<panel-card heading=${heading} note=${note}>${n === 0 ? html`<empty-note text=${empty}></empty-note>` : html`<div class="scroll">${body}</div>`}</panel-card>`;
    const failed = answer.causes.reduce((sum, { count }) => sum + count, 0);
    const judged = answer.servers.reduce((sum, { n }) => sum + n, 0);
    return html`
      ${this.#counted(answer, words)}
      <div class="charts">
        <div class="column">
          ${card('Duration by strategy', { n: answer.durations.length, body: durationTable(answer), empty: `No build succeeded in the ${words}.` })}
          ${card('Servers', { n: answer.servers.length + model.agents.length, body: serverTable(answer, { model, hours, at: this.#at }), empty: 'No server has built anything.', note: `busy in the ${words}` })}
          ${card('Failures by cause', { n: failed, body: causeTable(answer), empty: `None of ${counted(judged, 'build')} failed.` })}
        </div>
        <div class="column">
          ${card('Time to repair', { n: answer.repairs.n + answer.repairs.open.length, body: repairList(answer, { now, at: this.#at }), empty: 'No branch was broken.' })}
          ${card('Failures by project', { n: failed, body: failureTable(answer), empty: `None of ${counted(judged, 'build')} failed.` })}
          ${card('Slow for what they are', { n: answer.slowest.length, body: slowTable(answer, this.#at), empty: `Too few builds succeeded in the ${words} to say what is usual.` })}
        </div>
      </div>
    `;
  }

  /** What the figures are of, and what they leave out. */
  #counted({ attempts, unread, broken }: HistoryAnswer, words: string) {
    const limited = this.view.connection.budget;
    return html`<div class="counted small dim">
      <p>Below: ${counted(attempts, 'build')} of the ${words}; one that is tried again counts each time.
      ${unread === 0 ? nothing : html`Not counted: up to ${counted(unread, 'job')} of the last days.`}
      ${broken.length === 0 ? nothing : html`${counted(broken.length, 'entry cannot', 'entries cannot')} be read, the first in <code>${broken[0]?.path}</code>: ${broken[0]?.reason}.`}</p>
      ${unread === 0 || this.wantsAllJobs ? nothing : html`<button type="button" @click=${this.#readAll}>Count them too (up to ${counted(unread, 'request')}${limited === null ? '' : `, ${limited.left} left`})</button>`}
    </div>`;
  }

  #readAll(): void {
    this.wantsAllJobs = true;
  }
}

function charts(points: readonly HistoryPoint[], note: string): TemplateResult {
  return html`<div class="charts">
    <panel-card heading="Jobs that ended" note=${note}>${endedChart(points)}</panel-card>
    <panel-card heading="Jobs waiting and running" note=${note}>${queueChart(points)}</panel-card>
    <panel-card heading="Longest wait" note=${note}>${waitChart(points)}</panel-card>
    <panel-card heading="Usual time of a build" note=${note}>${takenChart(points)}</panel-card>
  </div>`;
}

interface Card {
  readonly n: number;
  readonly body: TemplateResult;
  readonly empty: string;
  readonly note?: string;
}

function headline(rate: Rate | undefined, { words, things }: { readonly words: string; readonly things: string }) {
  if (!rate) return html`<strong>History</strong> of the ${words}.`;
  if (rate.of === 0) return html`<strong>No ${things} ended</strong> in the ${words}.`;
  return html`<strong>${rate.succeeded} of ${counted(rate.of, things)} succeeded</strong> in the ${words}.`;
}

function tile({ hours, succeeded, of }: Rate, things: string) {
  const { words = '' } = Object.values(SPANS).find((it) => it.hours === hours) ?? {};
  return html`<section class="tile" aria-label="Success rate, ${words}">
    <h2>${words}</h2>
    <p><b>${shareWords(succeeded, of)}</b> <span class="dim">${of === 0 ? `no ${things} ended` : `of ${counted(of, things)} succeeded`}</span></p>
    <svg aria-hidden="true"><rect width="${of === 0 ? 0 : (100 * succeeded) / of}%" height="100%"></rect></svg>
  </section>`;
}
