/** What a person can do about a job, as buttons; the frame asks and sends. */
import type { JobStatus } from '@gityard/domain';
import { html, nothing } from 'lit';
import { priorityWord } from '../../words-of-job.ts';
import '../../actions/action-button.ts';

interface Acted {
  /** A person holds it back. */
  readonly isPaused: boolean;
  /** It waits for somebody's word. */
  readonly needsApproval: boolean;
  readonly id: string;
  readonly status: JobStatus;
  readonly priority: number;
}

/** 1 goes first; these have names. */
const STEPS = [1, 3, 5, 8] as const;

export function actions({ id, status, priority, isPaused, needsApproval }: Acted, subject: string) {
  const isOver = status !== 'queued' && status !== 'claimed' && status !== 'running';
  const sooner = STEPS.findLast((step) => step < priority);
  const later = STEPS.find((step) => step > priority);
  const step = (to: number | undefined, word: string) =>
    status !== 'queued' || to === undefined
      ? nothing
      : html`<action-button .wish=${{ op: 'prioritise', target: id, args: { priority: to } }} label=${`${word} (${priorityWord(to)})`} subject=${subject}></action-button>`;
  return html`<span class="actions">
    ${needsApproval ? html`<action-button .wish=${{ op: 'approve', target: id }} label="Approve" subject=${subject}></action-button><action-button .wish=${{ op: 'reject', target: id }} label="Reject" subject=${subject}></action-button>` : nothing}
    ${step(sooner, 'Sooner')}${step(later, 'Later')}
    ${status === 'queued' ? html`<action-button .wish=${{ op: isPaused ? 'unpause' : 'pause', target: id }} label=${isPaused ? 'Let go on' : 'Hold back'} subject=${subject}></action-button><action-button .wish=${{ op: 'assign', target: id }} label="Assign" subject=${subject}></action-button>` : nothing}
    ${isOver ? html`<action-button .wish=${{ op: 'retry', target: id }} label="Retry" subject=${subject}></action-button>` : html`<action-button .wish=${{ op: 'cancel', target: id }} label="Cancel" subject=${subject}></action-button>`}
  </span>`;
}
