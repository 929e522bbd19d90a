/** One lock: who holds it under which token and for how long yet, who waits in which order, and how to break it. */
import type { Lock, LockHolder, Time } from '@gityard/domain';
import { elapsedMs } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { ageWords, durationWords, untilWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { tokenOf } from './lock-token.ts';
import '../../actions/action-button.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';

/** As much of a lock as the snapshot alone can tell. */
export type ShownLock = Pick<Lock, 'name' | 'count' | 'token' | 'holders' | 'waiting'> & {
  /** More wait than are named. */
  readonly unnamed: number;
};

interface Drawing {
  readonly now: Time;
  readonly href: (path: readonly string[]) => string;
  readonly nameOf: (job: string) => string;
}

interface CardDrawing extends Drawing {
  /** Its history stands beside it already. */
  readonly isAlone: boolean;
}

export function lockCard(lock: ShownLock, { isAlone, ...drawing }: CardDrawing): TemplateResult {
  const { href } = drawing;
  const { name, holders, count, waiting, unnamed } = lock;
  const line = waiting.length + unnamed;
  return html`<panel-card heading=${name} note=${count > 1 ? `${holders.length} of ${count} held` : ''}>
    ${holders.length === 0 ? html`<p class="pad dim">Nobody holds it.</p>` : html`<ul>${holders.map((it) => holderRow(it, drawing))}</ul>`}
    ${line === 0 ? nothing : waitingLine(lock, drawing)}
    <div class="foot">
      ${isAlone ? html`<span class="dim">${tokenOf(lock.token, 'newest ')}</span>` : html`<a href=${href(['locks', name])}>History of this lock</a>`}
      ${holders.length === 0 ? nothing : html`<action-button .wish=${{ op: 'break-lock', target: name }} label="Break lock" subject=${name}></action-button>`}
    </div>
  </panel-card>`;
}

function holderRow(held: LockHolder, drawing: Drawing): TemplateResult {
  const { now } = drawing;
  const { holder, token, acquiredAt, expiresAt, reason } = held;
  const isOver = expiresAt !== null && elapsedMs(now, expiresAt) <= 0;
  return html`<li>
    <div class="row">
      <strong class="body">${holderName(holder, drawing)}</strong>
      <status-dot class="end small" tone=${isOver ? 'bad' : 'run'}>${isOver ? 'Over' : 'Held'}</status-dot>
    </div>
    <div class="facts">
      ${tokenOf(token)}
      <span>taken ${age(acquiredAt, now)}</span>
      ${reason === null ? nothing : html`<span>“${reason}”</span>`}
    </div>
    ${expiresAt === null ? html`<p class="small dim">As long as the job runs</p>` : timeBar({ acquiredAt, expiresAt, now })}
  </li>`;
}

/** How much of its time is left, as a bar and in words. */
function timeBar({ acquiredAt, expiresAt, now }: { acquiredAt: Time; expiresAt: Time; now: Time }): TemplateResult {
  const [whole, left] = [elapsedMs(acquiredAt, expiresAt), elapsedMs(now, expiresAt)];
  const percent = whole > 0 ? Math.round(Math.min(100, Math.max(0, (100 * left) / whole))) : 0;
  const words =
    left > 0
      ? `${durationWords(left)} left of ${durationWords(whole)}`
      : `its time was over ${ageWords(expiresAt, now)}`;
  // A bar by attribute, because a style attribute is what the content policy forbids.
  return html`<div class="time ${left <= 0 ? 'over' : ''}">
    <svg class="left" aria-hidden="true"><rect width="${percent}%" height="100%"></rect></svg>
    <time class="small nowrap" datetime=${expiresAt} title=${expiresAt}>${words}</time>
  </div>`;
}

function waitingLine({ waiting, unnamed }: ShownLock, drawing: Drawing): TemplateResult {
  const { now } = drawing;
  return html`<div class="line">
    <h3>Waiting, first come first: ${waiting.length + unnamed}</h3>
    <ol>${waiting.map(
      ({ holder, since, until }) => html`<li class="plain">
        ${holderName(holder, drawing)} <span class="dim small">since ${age(since, now)}${until === null ? '' : `, gives up ${untilWords(until, now)}`}</span>
      </li>`,
    )}</ol>
  </div>`;
}

/** Jobs hold locks under a name of their own, and lead to their page. */
function holderName(holder: string, { href, nameOf }: Drawing): TemplateResult | string {
  if (!holder.startsWith('job/')) return holder;
  const id = holder.slice('job/'.length);
  return html`<a class="name" href=${href(['jobs', id])} title=${id}>${nameOf(id)}</a>`;
}
