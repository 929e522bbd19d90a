/** What failed in the last day, by what it failed of: one fault that breaks three builds is one line with a 3. */
import type { Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted } from '../format.ts';
import { age } from '../parts/age.ts';
import { jobLink } from '../parts/job-name.ts';
import { serverLink } from '../parts/server-link.ts';
import { allLink } from './all-link.ts';
import { type FailureGroup, failureGroups } from './failures.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';
import { hrefHere } from '../parts/href-here.ts';

const SHOWN_GROUPS = 8;
const SHOWN_NAMES = 3;

@customElement('failed-panel')
export class FailedPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      .times {
        flex: 0 0 auto;
      }
    `,
  ];

  override render() {
    const { finished, totals } = this.model;
    const groups = failureGroups(finished, this.now);
    const note = `today ${totals.succeededToday} succeeded, ${totals.failedToday} failed`;
    const failed = groups.reduce((sum, it) => sum + it.jobs.length, 0);
    return html`<panel-card heading="Failed, last 24 h" .count=${failed} note=${note}>
      ${groups.length === 0 ? nobody : html`<ul>${groups.slice(0, SHOWN_GROUPS).map((it) => group(it, this.now))}</ul>`}
      ${finished.length === 0 ? nothing : allLink(hrefHere(['jobs'], { q: 'status:failed' }), 'All failed jobs')}
    </panel-card>`;
  }
}

function group({ text, jobs, projects, servers }: FailureGroup, now: Time) {
  const [newest] = jobs;
  if (!newest) return nothing;
  const names = servers.slice(0, SHOWN_NAMES);
  return html`<li data-row="failed">
    <div class="row">
      <status-dot class="times" tone="bad"><strong>${jobs.length} ×</strong></status-dot>
      <div class="body">
        <p>${text}</p>
        <div class="facts">
          <span>${jobs.length === 1 ? jobLink(newest) : html`${projects.slice(0, SHOWN_NAMES).join(', ')}; last ${jobLink(newest)}`}</span>
          ${newest.exitCode === null ? nothing : html`<span>exit ${newest.exitCode}</span>`}
          ${names.length === 0 ? nothing : html`<span>on ${names.map((id, at) => [at === 0 ? '' : ', ', serverLink(id)])}${servers.length > names.length ? ` and ${counted(servers.length - names.length, 'more', 'more')}` : nothing}</span>`}
        </div>
      </div>
      <span class="end small dim">${newest.endedAt === null ? nothing : age(newest.endedAt, now)}</span>
    </div>
  </li>`;
}

const nobody = html`<empty-note text="Nothing has failed in the last 24 hours. Failures will stand here by their cause, with how often and where."></empty-note>`;
