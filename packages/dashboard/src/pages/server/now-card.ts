/** What a server does now: its jobs, its loops and what keeps them, what it holds, and why it takes no jobs if it does not. */
import { elapsedMs, type Heartbeat, type Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { clockWords, untilWords } from '../../format.ts';
import { timeLeft } from '../../panels/time-left.ts';
import { age } from '../../parts/age.ts';
import { jobLink } from '../../parts/job-name.ts';
import { titleLinks } from '../../parts/title-links.ts';
import { serverWords, toldText } from '../../parts/told-text.ts';
import { type AgentRow, allStages, type JobRow, type LockRow } from '../../rows.ts';
import { base, controls, rows } from '../../styles.ts';
import '../../parts/panel-card.ts';
import '../../parts/progress-bar.ts';
import '../../parts/stage-strip.ts';
import '../../parts/status-dot.ts';
import { hrefHere } from '../../parts/href-here.ts';

@customElement('now-card')
export class NowCard extends LitElement {
  @property({ attribute: false }) agent!: AgentRow;
  @property({ attribute: false }) jobs: readonly JobRow[] = [];
  @property({ attribute: false }) locks: readonly LockRow[] = [];
  @property({ attribute: false }) beat: Heartbeat | null = null;
  /** It has not been heard of for too long. */
  @property({ type: Boolean }) quiet = false;
  @property({ attribute: false }) made!: Time;
  @property({ attribute: false }) now!: Time;

  static override styles = [
    base,
    controls,
    rows,
    titleLinks,
    css`
      h3 {
        margin: 0;
        padding: calc(1.5 * var(--space)) calc(2 * var(--space)) 0;
        font-size: var(--small);
        font-weight: 600;
        color: var(--dim);
      }
      ul + h3 {
        border-top: 1px solid var(--line);
      }
      stage-strip {
        margin: var(--space) 0 0;
      }
      li {
        position: relative;
      }
      progress-bar {
        position: absolute;
        inset: auto 0 0;
      }
      .why {
        display: flex;
        gap: var(--space);
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        border-bottom: 1px solid var(--line);
        background: var(--bad-tint);
      }
    `,
  ];

  override render() {
    const { agent, jobs, locks, now, made } = this;
    const why = whyIdle(agent);
    return html`<panel-card heading="What it does now">
      ${why === null ? nothing : html`<p class="why"><status-dot tone="stuck"></status-dot><span>It takes no jobs: ${toldText(why, now)}</span></p>`}
      <ul>${jobs.length === 0 ? html`<li class="dim">No job is in its hands.</li>` : jobs.map((job) => running(job, { made, now }))}</ul>
      ${locks.length === 0 ? nothing : html`<h3>Locks it holds</h3><ul>${locks.map((lock) => held(lock, now))}</ul>`}
      ${this.#refused()}
      ${agent.loops.length === 0 ? nothing : html`<h3>${this.quiet ? 'Its parts, as it said last' : 'Its parts'}</h3><ul>${worstFirst(agent.loops).map((loop) => part(loop, { now, isQuiet: this.quiet }))}</ul>`}
    </panel-card>`;
  }

  #refused() {
    const refuses = this.beat?.refuses ?? [];
    if (refuses.length === 0) return nothing;
    return html`<h3>Jobs it turns down</h3><ul>${refuses.map(({ job, reason }) => html`<li><a href=${hrefHere(['jobs', job])} class="mono">${job}</a> <p class="small">${serverWords(reason)}</p></li>`)}</ul>`;
  }
}

function whyIdle({ takesNoJobs, stopped, mode, modeBy, modeReason, modeUntil }: AgentRow): string | null {
  if (mode === 'draining' || mode === 'maintenance') {
    const by = modeBy === null ? '' : ` by ${modeBy}`;
    const because = modeReason === null ? '' : `: ${modeReason}`;
    return `${mode === 'draining' ? 'drained' : 'in maintenance'}${by}${because}${modeUntil === null ? '' : `, until ${modeUntil}`}`;
  }
  if (stopped) return 'it was told to stop';
  return takesNoJobs;
}

function running(job: JobRow, times: { made: Time; now: Time }) {
  const left = timeLeft(job, times);
  return html`<li>
    <div class="row">
      <span class="body">${jobLink(job)}</span>
      <span class="end small">${job.startedAt === null ? '–' : clockWords(elapsedMs(job.startedAt, times.now))} <span class=${left.isOver ? 'wait' : 'dim'}>· ${left.words}</span></span>
    </div>
    ${left.percent === null ? nothing : html`<progress-bar .percent=${left.percent} ?over=${left.isOver}></progress-bar>`}
    <stage-strip .stages=${allStages(job)}></stage-strip>
    <div class="facts"><span>${job.progress ?? job.status}</span></div>
    ${job.reasons.map(({ text }) => html`<p class="small wait">${toldText(text, times.now)}</p>`)}
  </li>`;
}

function held({ name, expiresAt, waiting }: LockRow, now: Time) {
  return html`<li>
    <div class="row">
      <a class="body" href=${hrefHere(['locks', name])}>${name}</a>
      <span class="end small">${expiresAt === null ? 'as long as its job' : `ends ${untilWords(expiresAt, now)}`}${waiting > 0 ? html` · <span class="wait">${waiting} waiting</span>` : nothing}</span>
    </div>
  </li>`;
}

type Loop = AgentRow['loops'][number];
const worstFirst = (loops: readonly Loop[]): readonly Loop[] =>
  [...loops].sort((a, b) => Number((b.error ?? null) !== null) - Number((a.error ?? null) !== null));

/** What a silent server said last is no word of how it is. */
function part(
  { name, doing, since, error }: Loop,
  { now, isQuiet }: { readonly now: Time; readonly isQuiet: boolean },
) {
  const hasError = error !== null && error !== undefined;
  return html`<li>
    <div class="row">
      <status-dot class="lead" tone=${hasError ? 'bad' : isQuiet ? 'off' : 'ok'}>${name}</status-dot>
      <div class="body">${doing}${hasError ? html`<p class="bad">${error}</p>` : nothing}</div>
      <span class="end small dim">${age(since, now)}</span>
    </div>
  </li>`;
}
