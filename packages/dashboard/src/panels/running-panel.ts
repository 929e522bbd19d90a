/** The jobs that servers hold: where each is among its stages, what it says of itself, and when it may be done. */
import { elapsedMs, type Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { clockWords } from '../format.ts';
import { jobLink } from '../parts/job-name.ts';
import { serverLink } from '../parts/server-link.ts';
import { allStages, isHeld, type JobRow } from '../rows.ts';
import { allLink } from './all-link.ts';
import { Panel } from './panel.ts';
import { timeLeft } from './time-left.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/progress-bar.ts';
import '../parts/stage-strip.ts';
import { hrefHere } from '../parts/href-here.ts';

const SHOWN_JOBS = 10;

@customElement('running-panel')
export class RunningPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      stage-strip {
        margin-top: var(--space);
      }
      li {
        position: relative;
      }
      /* The line between two rows fills up. */
      progress-bar {
        position: absolute;
        inset: auto 0 0;
      }
      .end {
        text-align: right;
      }
      .facts .said {
        flex: 1 1 24ch;
        color: var(--fg);
      }
    `,
  ];

  override render() {
    const jobs = this.model.jobs.filter(isHeld);
    if (jobs.length === 0) return html`<panel-card heading="Running" .count=${0}>${nobody}</panel-card>`;
    const late = jobs.map((job) => ({ job, left: timeLeft(job, { made: this.model.at, now: this.now }) }));
    const overdue = late.filter(({ left }) => left.isOver).length;
    // What takes longer than usual is what one looks for.
    const shown = [...late].sort((a, b) => Number(b.left.isOver) - Number(a.left.isOver)).slice(0, SHOWN_JOBS);
    return html`<panel-card heading="Running" .count=${jobs.length} note=${overdue === 0 ? '' : `${overdue} longer than usual`}>
      <ul>${repeat(
        shown,
        ({ job }) => job.id,
        ({ job, left }) => running(job, { left, now: this.now }),
      )}</ul>
      ${jobs.length > SHOWN_JOBS ? allLink(hrefHere(['jobs'], { q: 'status:running' }), `All ${jobs.length} running jobs`) : nothing}
    </panel-card>`;
  }
}

function running(job: JobRow, { left, now }: { left: ReturnType<typeof timeLeft>; now: Time }) {
  return html`<li data-row>
    <div class="row">
      <span class="body">${jobLink(job)}</span>
      <span class="end small"><span title="running for">${job.startedAt === null ? '–' : clockWords(elapsedMs(job.startedAt, now))}</span>
      <span class=${left.isOver ? 'wait' : 'dim'}>· ${left.words}</span></span>
    </div>
    <stage-strip .stages=${allStages(job)}></stage-strip>
    <div class="facts">
      <span class="said">${job.progress ?? (job.status === 'claimed' ? 'Claimed, about to start' : nothing)}</span>
      ${job.attempt > 1 ? html`<span class="wait">attempt ${job.attempt}</span>` : nothing}
      <span>on ${job.agent === null ? 'nobody' : serverLink(job.agent)}</span>
    </div>
    ${left.percent === null ? nothing : html`<progress-bar .percent=${left.percent} ?over=${left.isOver}></progress-bar>`}
  </li>`;
}

const nobody = html`<empty-note text="Nothing is being built. A job that runs will stand here with its stages and when it may be done." command="gityard job add --branch main"></empty-note>`;
