/** What ended last, and how: the newest first, the reason with everything that did not succeed. */
import { elapsedMs, type Time } from '@gityard/domain';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted, durationWords } from '../format.ts';
import { age } from '../parts/age.ts';
import { jobId, jobName } from '../parts/job-name.ts';
import { moreNote } from '../parts/more-note.ts';
import type { JobRow } from '../rows.ts';
import { JOB_WORDS } from '../words.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';

const SHOWN_JOBS = 12;

@customElement('finished-panel')
export class FinishedPanel extends Panel {
  override render() {
    const { finished, totals } = this.model;
    const note = `today ${totals.succeededToday} succeeded, ${totals.failedToday} failed`;
    if (finished.length === 0) return html`<panel-card heading="Finished">${nobody}</panel-card>`;
    return html`<panel-card heading="Finished" note=${note}>
      <ul>
        ${finished.slice(0, SHOWN_JOBS).map((job) => ended(job, this.now))}
        ${moreNote(finished.length - SHOWN_JOBS, 'gityard job list')}
      </ul>
    </panel-card>`;
  }
}

function ended(job: JobRow, now: Time) {
  const { tone, word } = JOB_WORDS[job.status];
  return html`<li>
    <div class="row">
      <status-dot class="lead" tone=${tone}>${word}</status-dot>
      <div class="body">
        ${jobName(job)} ${job.reason === null || job.status === 'succeeded' ? nothing : html`<p>${job.reason}</p>`}
        <div class="facts">${facts(job).map((fact) => html`<span>${fact}</span>`)}${jobId(job)}</div>
      </div>
      <span class="end small dim">${job.endedAt === null ? nothing : age(job.endedAt, now)}</span>
    </div>
  </li>`;
}

/** What is not known is left out: a job that never ran took no time and has no exit code. */
function facts(job: JobRow): readonly string[] {
  const { startedAt, endedAt, agent, artifacts, exitCode, attempt } = job;
  return [
    startedAt !== null && endedAt !== null ? `took ${durationWords(elapsedMs(startedAt, endedAt))}` : '',
    agent !== null ? `on ${agent}` : '',
    artifacts > 0 ? counted(artifacts, 'artifact') : '',
    exitCode !== null ? `exit ${exitCode}` : '',
    attempt > 1 ? `attempt ${attempt}` : '',
  ].filter((fact) => fact !== '');
}

const nobody = html`<empty-note text="No job has ended yet. The last ones will stand here with their artifacts and logs."></empty-note>`;
