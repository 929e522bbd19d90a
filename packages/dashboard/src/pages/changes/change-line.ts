/** One change of the yard: when, what, to which thing, by whom, and the way to the yard as it was then. */
import type { ReadModel, Time } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { toldText } from '../../parts/told-text.ts';
import { hrefOf } from '../../router.ts';
import { masked } from '../../text/masked.ts';
import type { ChangeRow } from '../../worker/questions/changes/told-in.ts';
import { tokenOf } from '../locks/lock-token.ts';
import { operationWord } from './operation-words.ts';

export const changeStyles = css`
  .lead {
    flex-basis: 20ch;
  }
  .facts a,
  .when a {
    color: inherit;
  }
  .when {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0 var(--space);
  }
  @media (min-width: 601px) {
    .when {
      flex-direction: column;
      text-align: right;
    }
  }
`;

interface Drawing {
  readonly now: Time;
  /** The moment that is looked at; null: now. Links stay within it. */
  readonly at: string | null;
  /** Knows what its jobs and messages are called. */
  readonly model: Pick<ReadModel, 'jobs' | 'finished' | 'messages'>;
}

export function changeLine(row: ChangeRow, { now, at, model }: Drawing): TemplateResult {
  const { operation, subject, job, lock, token, reason, agent, by, commit } = row;
  return html`<div class="row">
    <span class="lead">${operationWord(operation, subject)}</span>
    <div class="body">
      <p>${toldText(subject, now, model)}</p>
      <div class="facts">
        ${job !== null && isNamed(job, model) && subject.includes(job) ? nothing : thing(['jobs', job], at)}${thing(['locks', lock], at)}${thing(['messages', row.message], at, subjectOf(row.message, model))}
        ${agent === by ? nothing : thing(['servers', agent], at)}
        <span>by ${by}</span>
        ${lock === null || token === null ? nothing : tokenOf(token)}
        ${reason === null ? nothing : html`<span class="reason">“${reason}”</span>`}
      </div>
    </div>
    <span class="end small dim when">${age(row.at, now)} <a href=${hrefOf([], { at: commit })} title="The whole yard as it was after this commit">as of <code>${shortCommit(commit)}</code></a></span>
  </div>`;
}

const ONE = { jobs: 'job', locks: 'lock', messages: 'message', servers: 'server' } as const;

function thing([page, id]: readonly [keyof typeof ONE, string | null], at: string | null, named?: string) {
  if (id === null) return nothing;
  const name = named ?? (page === 'locks' || page === 'servers' ? id : shortId(id));
  return html`<a href=${hrefOf([page, id], { at })} title=${id}>${ONE[page]} ${name}</a>`;
}

/** As far as the snapshot knows it; what seems secret is hidden. */
function subjectOf(id: string | null, { messages }: Drawing['model']): string | undefined {
  const subject = messages.find((it) => it.id === id)?.subject ?? '';
  return subject === '' ? undefined : `“${masked(subject).text}”`;
}

/** Then the sentence leads to it. */
const isNamed = (job: string, { jobs, finished }: Drawing['model']): boolean =>
  [...jobs, ...finished].some(({ id }) => id === job);
