/** A job as a line of one height: what it is, where it stands and why, and since when. The whole line is a link to it. */
import { elapsedMs, type ReadModel, type Time, type WaitReason } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { clockWords, counted, durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { soonWords } from '../../parts/soon-words.ts';
import { toldWords } from '../../parts/told-text.ts';
import { hrefOf } from '../../router.ts';
import { isHeld, isStuck, type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { priorityWord, wordOfJob } from '../../words-of-job.ts';
import '../../parts/status-dot.ts';

export const LINE_PX = 64;
export const NARROW_LINE_PX = 92;
const USUAL_PRIORITY = 5;

interface Seen {
  readonly model: ReadModel;
  readonly now: Time;
  readonly at: string | null;
}

export function jobLine(job: JobRow, { model, now, at }: Seen): TemplateResult {
  const { tone, word } = wordOfJob(job);
  const said = saidOf(job, { model, now });
  return html`<a class="line" data-row=${rowKind(job)} href=${hrefOf(['jobs', job.id], { at })}>
    <status-dot class="what" tone=${tone}>${word}</status-dot>
    <span class="name"><strong>${jobTitle(job)}</strong>${priorityChip(job)}${partsChip(job)} <span class="dim">${jobRevision(job)}</span></span>
    <span class="said" title=${said}>${said}</span>
    <span class="where">${where(job, now)}</span>
    <span class="when">${when(job, now)}</span>
  </a>`;
}

/** What the keys that look for trouble stop at. */
export const rowKind = ({ status, reasons }: JobRow): string =>
  status === 'failed' ? 'failed' : status === 'queued' && worst(reasons)?.class === 'stuck' ? 'stuck' : '';

/** 1 goes first, and the word alone does not say so. */
function priorityChip({ priority }: JobRow): TemplateResult | typeof nothing {
  if (priority === USUAL_PRIORITY) return nothing;
  const word = priorityWord(priority);
  const text = word.startsWith('Priority') ? `${word} of 10` : word;
  return html` <span class="chip" title="Priority ${priority} of 10; 1 goes first">${text}</span>`;
}

function partsChip({ parts }: JobRow) {
  if (parts === null) return nothing;
  return html` <span class="chip">${parts.succeeded} of ${parts.all} parts done</span>`;
}

function saidOf(job: JobRow, { model, now }: Pick<Seen, 'model' | 'now'>): string {
  if (job.status === 'queued') return toldWords(worst(job.reasons)?.text ?? '', now, model);
  if (job.status === 'claimed') return job.progress ?? 'Claimed, about to start';
  if (isHeld(job)) return job.progress ?? job.stages.find(({ status }) => status === 'Running')?.name ?? 'At work';
  return job.status === 'succeeded' || job.reason === null ? madeOf(job) : job.reason;
}

export const worst = (reasons: readonly WaitReason[]): WaitReason | undefined =>
  reasons.find((reason) => reason.class === 'stuck') ?? reasons[0];

function madeOf({ startedAt, endedAt, artifacts }: JobRow): string {
  const took =
    startedAt === null || endedAt === null ? 'It never began' : `Took ${durationWords(elapsedMs(startedAt, endedAt))}`;
  return artifacts > 0 ? `${took}, made ${counted(artifacts, 'artifact')}` : took;
}

function where(job: JobRow, now: Time): string {
  if (job.agent !== null) return `on ${job.agent}`;
  // Whoever does not move has no place in the line.
  if (job.status !== 'queued' || job.position === null || isStuck(job)) return '';
  return `#${job.position}${job.turnAt === null ? '' : `, ${soonWords(job.turnAt, now)}`}`;
}

function when(job: JobRow, now: Time) {
  if (isHeld(job)) {
    const left = job.endsAt === null ? '' : elapsedMs(now, job.endsAt);
    const usual =
      left === ''
        ? ''
        : left >= 0
          ? `about ${durationWords(left)} left`
          : `${durationWords(-left)} over its usual time`;
    return html`<span class="clock" title=${usual}>${job.startedAt === null ? '–' : clockWords(elapsedMs(job.startedAt, now))}</span>`;
  }
  return age(job.endedAt ?? job.submittedAt, now);
}

export const lineStyles = css`
  .line {
    display: grid;
    grid-template: 'what name where when' 22px 'what said said said' 20px / 12ch minmax(0, 1fr) auto 9ch;
    align-content: center;
    gap: 0 calc(2 * var(--space));
    height: 100%;
    padding: 0 calc(2 * var(--space));
    color: var(--fg);
    text-decoration: none;
  }
  .line:hover {
    background: var(--bg);
  }
  .line:focus-visible {
    outline-offset: -2px;
  }
  .what {
    grid-area: what;
    font-weight: 600;
  }
  .name,
  .said,
  .where {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    grid-area: name;
  }
  .said {
    grid-area: said;
    color: var(--dim);
    font-size: var(--small);
  }
  .where {
    grid-area: where;
    max-width: 26ch;
    color: var(--dim);
    font-size: var(--small);
  }
  .when {
    grid-area: when;
    text-align: right;
    color: var(--dim);
    font-size: var(--small);
  }
  .clock {
    color: var(--fg);
  }
  @media (max-width: 600px) {
    .line {
      grid-template: 'what where when' 22px 'name name name' 22px 'said said said' 20px / minmax(0, 1fr) auto auto;
      column-gap: calc(1.5 * var(--space));
    }
  }
`;
