/** The queue by what it waits for. What will never run unless somebody acts stands first, and says so. */
import { elapsedMs, type ReadModel, type Time } from '@gityard/domain';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted, durationWords, untilWords } from '../format.ts';
import { jobLink } from '../parts/job-name.ts';
import { toldText } from '../parts/told-text.ts';
import { isHeld } from '../rows.ts';
import { allLink } from './all-link.ts';
import { Panel } from './panel.ts';
import { type WaitGroup, waitGroups } from './wait-groups.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';
import { hrefHere } from '../parts/href-here.ts';

const SHOWN_GROUPS = 8;
const SHOWN_JOBS = 3;

@customElement('waiting-panel')
export class WaitingPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      .row > .lead {
        flex-basis: 10ch;
      }
      /* Its words grow as time goes by, and move nothing. */
      .row > .waited {
        flex: 0 0 15ch;
      }
      .facts strong {
        font-weight: 500;
      }
    `,
  ];

  #groups: readonly WaitGroup[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) this.#groups = waitGroups(this.model.jobs);
  }

  override render() {
    const { jobs, truncated, totals } = this.model;
    const shown = jobs.filter((job) => !isHeld(job)).length;
    if (shown === 0) return html`<panel-card heading="Waiting, and why" .count=${0}>${nobody}</panel-card>`;
    const total = Math.max(totals.queued, shown + (truncated.jobs ?? 0));
    return html`<panel-card heading="Waiting, and why" .count=${total} note=${totals.stuck === 0 ? '' : counted(totals.stuck, 'cannot run', 'cannot run')}>
      <ul>${this.#groups.slice(0, SHOWN_GROUPS).map((it) => group(it, this.model, this.now))}</ul>
      ${allLink(hrefHere(['jobs'], { q: 'status:queued' }), 'All waiting jobs')}
    </panel-card>`;
  }
}

function group({ isStuck, text, jobs, oldest, turnAt }: WaitGroup, model: ReadModel, now: Time) {
  const more = jobs.length - SHOWN_JOBS;
  return html`<li data-row=${isStuck ? 'stuck' : ''} class=${isStuck ? 'stuck' : ''}>
    <div class="row">
      <status-dot class="lead" tone=${isStuck ? 'stuck' : 'wait'}>${isStuck ? 'Stuck' : 'Will run'}</status-dot>
      <div class="body">
        <p>${toldText(text, now, model)}</p>
        <div class="facts">
          ${jobs.slice(0, SHOWN_JOBS).map((job) => html`<span>${jobLink(job)}</span>`)}${more > 0 ? html`<span>and ${more} more</span>` : nothing}
          ${turnAt === null ? nothing : html`<span>${jobs.length === 1 ? 'turn' : 'first turn'} ${turnWords(turnAt, now)}</span>`}
        </div>
      </div>
      <span class="waited small"><span class="dim">${jobs.length === 1 ? 'for' : `${jobs.length} jobs, up to`}</span> ${durationWords(elapsedMs(oldest, now))}</span>
    </div>
  </li>`;
}

function turnWords(turnAt: Time, now: Time): string {
  const words = untilWords(turnAt, now);
  return words.startsWith('in ') ? words.replace('in ', 'in about ') : 'any moment';
}

const nobody = html`<empty-note text="No job waits. One that does will say here what it waits for, and when its turn may come."></empty-note>`;
