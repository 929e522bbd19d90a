/** The timeline, drawn: lanes of bars on one scale of time, past the line of now what is expected, and the same as a table. */
import { type ReadModel, type Time, toMs, toTime } from '@gityard/domain';
import { html, LitElement, type PropertyValues, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { durationWords } from '../../format.ts';
import { hrefOf, type Route, withQuery } from '../../router.ts';
import { type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { base } from '../../styles.ts';
import { wordOfJob } from '../../words-of-job.ts';
import { type Bar, type Lane, type Timeline, timelineOf } from './timeline.ts';
import { timelineStyles } from './timeline-styles.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';

/** How often it is drawn anew though nothing has happened. */
const STEP_MS = 10_000;
/** Nobody looks at a picture of more; the table has all. */
const MOST_LANES = 120;
const HOUR_MS = 3_600_000;
const BACK_HOURS = [1, 4, 12, 24] as const;
const USUAL_HOURS = 4;
/** A second lane of the same server: what it built at the same time. */
const BESIDE = 'beside it';
const LANE_PX = 36;
const BAR_PX = 24;
const MINUTE_MS = 60_000;
const MOST_TICKS = 7;
const STEPS_MS = [1, 5, 10, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE_MS);
/** Of the whole width: a name in less is a riddle. */
const LEAST_NAMED_PERCENT = 5;

@customElement('jobs-timeline')
export class JobsTimeline extends LitElement {
  @property({ attribute: false }) model!: ReadModel;
  @property({ attribute: false }) jobs: readonly JobRow[] = [];
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) route!: Route;
  @state() private isListed = false;
  #drawnAt = 0;

  static override styles = [base, timelineStyles];

  /** What moves by a hair need not be drawn anew with every second. */
  override shouldUpdate(changed: PropertyValues): boolean {
    return [...changed.keys()].some((name) => name !== 'now') || this.#step !== this.#drawnAt;
  }

  get #step(): number {
    return Math.floor(toMs(this.now) / STEP_MS) * STEP_MS;
  }

  override render() {
    const asked = Number(this.route.query.get('hours'));
    const hours = BACK_HOURS.find((it) => it === asked) ?? USUAL_HOURS;
    this.#drawnAt = this.#step;
    const now = toTime(this.#drawnAt);
    const timeline = timelineOf(this.jobs, this.model.agents, { now, backMs: hours * HOUR_MS });
    const { lanes, critical } = timeline;
    const isAnyExpected = lanes.some(({ bars }) => bars.some(({ to, expectedFrom }) => to > expectedFrom));
    const note = [
      ...(isAnyExpected ? ['dashed: expected'] : []),
      ...(critical.length === 0 ? [] : [`bold: the chain of ${critical.length} jobs that ends last`]),
    ].join(', ');
    return html`<panel-card heading="Timeline" note=${note}>
      <nav aria-label="How far back">${BACK_HOURS.map((it) => html`<a href=${withQuery(this.route, { hours: it === USUAL_HOURS ? null : `${it}` })} aria-current=${it === hours ? 'true' : 'false'}>${it} h</a>`)}</nav>
      ${lanes.length === 0 ? nothingThen : html`<div class="scroll"><div class="chart">${scale(timeline)}${lanes.slice(0, MOST_LANES).map((lane) => this.#lane(lane, timeline, toMs(now)))}</div></div>${lanes.length > MOST_LANES ? html`<p class="more">and ${lanes.length - MOST_LANES} more lanes, which the table has; a filter makes them fewer</p>` : ''}${this.#twin(lanes)}`}
    </panel-card>`;
  }

  #lane({ name, kind, bars }: Lane, timeline: Timeline, nowMs: number) {
    return html`<div class="lane ${kind}">
      <span class="who" title=${name || BESIDE}>${name || html`<span class="dim">″</span>`}</span>
      <svg height=${LANE_PX} role="group" aria-label=${name || BESIDE}>
        <line class="now" x1=${share(nowMs, timeline)} x2=${share(nowMs, timeline)} y1="0" y2=${LANE_PX}></line>
        ${bars.map((bar) => this.#bar(bar, timeline))}
      </svg>
    </div>`;
  }

  #bar({ job, from, to, expectedFrom, isCritical }: Bar, timeline: Timeline) {
    const { tone, word } = wordOfJob(job);
    const begin = Math.max(from, timeline.from);
    const said = `${jobTitle(job)} ${jobRevision(job)}: ${word.toLowerCase()}, ${durationWords(to - from)}${isCritical ? ', critical' : ''}`;
    const y = (LANE_PX - BAR_PX) / 2;
    const box = (x1: number, x2: number, kind: string) =>
      x2 <= x1
        ? ''
        : svg`<rect class=${kind} x=${share(x1, timeline)} width=${`${percentOf(x2 - x1, timeline)}%`} y=${y} height=${BAR_PX} rx="4"></rect>`;
    return svg`<a class="${tone} ${isCritical ? 'critical' : ''}" href=${hrefOf(['jobs', job.id], { at: this.route.query.get('at') ?? null })} aria-label=${said}>
      <title>${said}</title>
      ${box(begin, Math.max(begin, expectedFrom), 'was')}${box(Math.max(begin, expectedFrom), to, 'expected')}
      ${percentOf(to - begin, timeline) < LEAST_NAMED_PERCENT ? '' : svg`<foreignObject x=${share(begin, timeline)} width=${`${percentOf(to - begin, timeline)}%`} height=${LANE_PX}><div class="name">${jobTitle(job)}</div></foreignObject>`}
    </a>`;
  }

  /** Where the picture is wider than the screen, it begins where something happens. The card around it is drawn a moment later. */
  override updated(): void {
    const scroll = this.renderRoot.querySelector('.scroll');
    if (!scroll || this.#isPlaced) return;
    this.#isPlaced = true;
    requestAnimationFrame(() => {
      scroll.scrollLeft = scroll.scrollWidth;
    });
  }
  #isPlaced = false;

  readonly #list = ({ target }: Event): void => {
    this.isListed = (target as HTMLDetailsElement).open;
  };

  #twin(lanes: readonly Lane[]) {
    const time = (ms: number) => toTime(ms).slice(11, 16);
    return html`<details @toggle=${this.#list}><summary>The same as a table</summary><table>
      <thead><tr><th scope="col">Lane</th><th scope="col">Job</th><th scope="col">Status</th><th scope="col">From</th><th scope="col">To (UTC)</th></tr></thead>
      <tbody>${(this.isListed ? lanes : []).flatMap(({ name, bars }) =>
        bars.map(
          ({ job, from, to, isCritical }) =>
            html`<tr><td>${name || BESIDE}</td><td><a href=${hrefOf(['jobs', job.id])}>${jobTitle(job)} ${jobRevision(job)}</a>${isCritical ? ' (critical)' : ''}</td><td>${wordOfJob(job).word}</td><td>${time(from)}</td><td>${time(to)}</td></tr>`,
        ),
      )}</tbody>
    </table></details>`;
  }
}

const percentOf = (ms: number, { from, to }: Timeline): number => Math.round((ms / (to - from)) * 10_000) / 100;
const share = (ms: number, timeline: Timeline): string => `${percentOf(ms - timeline.from, timeline)}%`;

function scale(timeline: Timeline) {
  const { from, to } = timeline;
  const step = STEPS_MS.find((ms) => (to - from) / ms <= MOST_TICKS) ?? to - from;
  const first = Math.ceil(from / step) * step;
  const ticks = Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, at) => first + at * step);
  return html`<div class="lane scale"><span class="who dim">UTC</span><svg height="20" aria-hidden="true">${ticks.map(
    (ms) => svg`<text x=${share(ms, timeline)} y="14">${toTime(ms).slice(11, 16)}</text>`,
  )}</svg></div>`;
}

const nothingThen = html`<empty-note text="Nothing was built in that time. Bars will stand here: one lane for each server, and what is expected of those that wait."></empty-note>`;
