/** The queue, and why each job waits. What will never run unless somebody acts stands first, and says so. */
import type { Time, WaitReason } from '@gityard/domain';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted } from '../format.ts';
import { age } from '../parts/age.ts';
import { jobId, jobName } from '../parts/job-name.ts';
import { moreNote } from '../parts/more-note.ts';
import { isHeld, isStuck, type JobRow } from '../rows.ts';
import { priorityWord } from '../words.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';

const SHOWN_JOBS = 30;
const SHOWN_REASONS = 2;
const USUAL_PRIORITY = 5;

@customElement('waiting-panel')
export class WaitingPanel extends Panel {
  override render() {
    const waiting = this.model.jobs.filter((job) => !isHeld(job));
    if (waiting.length === 0) return html`<panel-card heading="Waiting, and why" .count=${0}>${nobody}</panel-card>`;

    const stuck = waiting.filter(isStuck);
    const shown = [...stuck, ...waiting.filter((job) => !isStuck(job))].slice(0, SHOWN_JOBS);
    const total = waiting.length + (this.model.truncated.jobs ?? 0);
    return html`<panel-card heading="Waiting, and why" 
      .count=${total}
      note=${stuck.length === 0 ? '' : counted(stuck.length, 'job cannot run', 'jobs cannot run')}>
      <ul>${shown.map((job) => waitingJob(job, this.now))}${moreNote(total - shown.length, 'gityard job list')}</ul>
    </panel-card>`;
  }
}

function waitingJob(job: JobRow, now: Time) {
  const stuck = isStuck(job);
  const hidden = job.reasons.length - SHOWN_REASONS;
  return html`<li class=${stuck ? 'stuck' : ''}>
    <div class="row">
      <status-dot class="lead" tone=${stuck ? 'stuck' : 'wait'}>${stuck ? 'Stuck' : 'Will run'}</status-dot>
      <div class="body">
        ${jobName(job)}${job.priority === USUAL_PRIORITY ? nothing : html` <span class="chip">${priorityWord(job.priority)}</span>`}
        ${worstFirst(job.reasons)
          .slice(0, SHOWN_REASONS)
          .map((reason) => html`<p>${reason.text}</p>`)}
        <div class="facts">
          ${job.position === null ? nothing : html`<span>#${job.position} in the queue</span>`}
          ${hidden > 0 ? html`<span>${counted(hidden, 'more reason')}: <code>gityard job why</code></span>` : nothing}
          ${jobId(job)}
        </div>
      </div>
      <span class="end small dim">queued ${age(job.submittedAt, now)}</span>
    </div>
  </li>`;
}

const worstFirst = (reasons: readonly WaitReason[]): readonly WaitReason[] =>
  [...reasons].sort((a, b) => Number(b.class === 'stuck') - Number(a.class === 'stuck'));

const nobody = html`<empty-note text="No job waits."></empty-note>`;
