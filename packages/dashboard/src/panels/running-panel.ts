/** The jobs that agents hold: where each is among its stages, what it says of itself, and for how long it has been at it. */
import { elapsedMs, type Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { clockWords } from '../format.ts';
import { jobId, jobName } from '../parts/job-name.ts';
import { allStages, isHeld, type JobRow } from '../rows.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/stage-strip.ts';
import '../parts/status-dot.ts';

@customElement('running-panel')
export class RunningPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      stage-strip {
        margin: var(--space) 0;
      }
      .clock {
        font-size: 17px;
      }
      .facts .said {
        flex: 1 1 24ch;
        color: var(--fg);
      }
    `,
  ];

  override render() {
    const jobs = this.model.jobs.filter(isHeld);
    return html`<panel-card heading="Running" .count=${jobs.length}>${jobs.length === 0 ? nobody : html`<ul>${jobs.map((job) => running(job, this.now))}</ul>`}</panel-card>`;
  }
}

function running(job: JobRow, now: Time) {
  return html`<li>
    <div class="row">
      <span class="body">${jobName(job)}</span>
      <span class="end clock" aria-label="running for">${job.startedAt === null ? '–' : clockWords(elapsedMs(job.startedAt, now))}</span>
    </div>
    <stage-strip .stages=${allStages(job)}></stage-strip>
    <div class="facts">
      <span class="said">${job.progress ?? (job.status === 'claimed' ? 'Claimed, about to start' : nothing)}</span>
      ${job.attempt > 1 ? html`<span class="wait">attempt ${job.attempt}</span>` : nothing}
      <span>on ${job.agent ?? 'nobody'}</span>
      ${jobId(job)}
    </div>
  </li>`;
}

const nobody = html`<empty-note text="Nothing is being built." command="gityard job add --branch main"></empty-note>`;
