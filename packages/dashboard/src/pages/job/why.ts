/** Why a job waits and what would let it go, or how it came to where it runs. */
import { elapsedMs, type Job, type ReadModel, type Time, type WaitReason } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { counted, durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { soonWords } from '../../parts/soon-words.ts';
import { toldText } from '../../parts/told-text.ts';
import { hrefOf } from '../../router.ts';
import { isStuck, type JobRow, jobTitle } from '../../rows.ts';

export interface Known {
  readonly model: ReadModel;
  /** undefined: the snapshot does not know it (any more). */
  readonly row: JobRow | undefined;
  readonly job: Job | undefined;
  readonly now: Time;
  readonly at: string | null;
}

export function whyWaits({ model, row, job, now, at }: Known): TemplateResult | typeof nothing {
  if (row?.status !== 'queued') return nothing;
  const stuck = isStuck(row);
  return html`<panel-card heading=${stuck ? 'Why it is stuck' : 'Why it waits'} ?urgent=${stuck} note="since ${durationWords(elapsedMs(job?.queuedAt ?? row.submittedAt, now))}">
    <ul>${row.reasons.map((reason) => reasonRow(reason, { model, at, now }))}</ul>
    ${stuck ? nothing : turnWords(row, now)}
  </panel-card>`;
}

function turnWords({ position, turnAt, endsAt }: JobRow, now: Time) {
  const expected = [
    turnAt === null ? '' : `its turn may come ${soonWords(turnAt, now)}`,
    endsAt === null ? '' : `it may have ended ${soonWords(endsAt, now)}`,
  ].filter(Boolean);
  const place =
    position === 1 ? 'next' : `number ${position} in the queue, ${counted((position ?? 1) - 1, 'job')} ahead of it`;
  const words = [
    position === null ? '' : `It is ${place}.`,
    expected.length === 0 ? '' : `As half of its like did, ${expected.join(', and ')}.`,
  ].filter(Boolean);
  return words.length === 0 ? nothing : html`<p class="pad dim">${words.join(' ')}</p>`;
}

function reasonRow({ class: kind, text, refs, since }: WaitReason, known: Pick<Known, 'model' | 'at' | 'now'>) {
  const { model, now } = known;
  const isStuckNow = kind === 'stuck';
  return html`<li class=${isStuckNow ? 'stuck' : ''}><div class="row">
    <status-dot class="lead" tone=${isStuckNow ? 'stuck' : 'wait'}>${isStuckNow ? 'Stuck' : 'Will run'}</status-dot>
    <span class="body">${toldText(text, now, model)}<span class="facts">${since === null ? nothing : html`<span>${toldText(`since ${since}`, now)}</span>`}${refs.map((ref) => refLink(ref, known))}</span></span>
  </div></li>`;
}

/** What a reason speaks of: a job, a server, or only a name. */
function refLink(ref: string, { model, at }: Pick<Known, 'model' | 'at'>): TemplateResult {
  if (model.agents.some(({ id }) => id === ref)) return html`<a href=${hrefOf(['servers', ref], { at })}>${ref}</a>`;
  const job = [...model.jobs, ...model.finished].find(({ id }) => id === ref);
  return job
    ? html`<a href=${hrefOf(['jobs', ref], { at })} title=${ref}>${jobTitle(job)} ${job.branch}</a>`
    : html`<span>${ref}</span>`;
}

/** Only labels are told of a server here; what it can do besides, its own page says. */
export function whyHere({ model, row, job, now, at }: Known): TemplateResult | typeof nothing {
  const attempt = job?.attempts.at(-1);
  const agent = row?.agent ?? job?.agent ?? attempt?.agent ?? null;
  if (!job || !attempt || agent === null || row?.status === 'queued') return nothing;
  const asks = [...job.labels.map((it) => `the label ${it}`), ...job.requires];
  const fitting = model.agents
    .filter(({ labels }) => job.labels.every((label) => labels.includes(label)))
    .map(({ id }) => id);
  const waited = durationWords(elapsedMs(job.queuedAt ?? job.submittedAt, attempt.startedAt));
  return html`<panel-card heading="Why here"><p class="pad">
    <a href=${hrefOf(['servers', agent], { at })}>${agent}</a> took it ${age(attempt.startedAt, now)}${attempt.number === 1 ? html`, after it had waited ${waited}` : nothing}.
    ${job.assignedTo === null ? nothing : html`It is meant for ${refLink(job.assignedTo, { model, at })}${job.assignedUntil === null ? ' alone' : ` first, and from ${job.assignedUntil.slice(0, 16).replace('T', ' ')} UTC on for anyone`}.`}
    ${asks.length === 0 ? 'It asks for nothing special, so any server may take it.' : `It asks for ${asks.join(', ')}.`}
    ${job.labels.length === 0 ? nothing : html`${fitting.length} of ${counted(model.agents.length, 'server')} ${fitting.length === 1 ? 'has' : 'have'} all its labels${fitting.length === 0 ? ' now' : ': '}${fitting.slice(0, 8).map((id, index) => html`${index > 0 ? ', ' : ''}${refLink(id, { model, at })}`)}${fitting.length > 8 ? ' …' : ''}.`}
    ${job.result?.built ? html`<br />Built: ${job.result.built}.` : nothing}
  </p></panel-card>`;
}
