/** One change of the yard: when, what, to which thing, by whom, and the way to the yard as it was then. */
import type { Time } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { hrefOf } from '../../router.ts';
import type { ChangeRow } from '../../worker/questions/changes/told-in.ts';
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
}

export function changeLine(row: ChangeRow, { now, at }: Drawing): TemplateResult {
  const { operation, subject, token, reason, agent, by, commit } = row;
  return html`<div class="row">
    <span class="lead">${operationWord(operation, subject)}</span>
    <div class="body">
      <p>${withShortIds(subject)}</p>
      <div class="facts">
        ${thing(['jobs', row.job], at)}${thing(['locks', row.lock], at)}${thing(['messages', row.message], at)}
        ${agent === by ? nothing : thing(['servers', agent], at)}
        <span>by ${by}</span>
        ${token === null ? nothing : html`<span>token ${token}</span>`}
        ${reason === null ? nothing : html`<span class="reason">“${reason}”</span>`}
      </div>
    </div>
    <span class="end small dim when">${age(row.at, now)} <a href=${hrefOf([], { at: commit })} title="The whole yard as it was after this commit">as of <code>${shortCommit(commit)}</code></a></span>
  </div>`;
}

const ONE = { jobs: 'job', locks: 'lock', messages: 'message', servers: 'server' } as const;

function thing([page, id]: readonly [keyof typeof ONE, string | null], at: string | null) {
  if (id === null) return nothing;
  const name = page === 'locks' || page === 'servers' ? id : shortId(id);
  return html`<a href=${hrefOf([page, id], { at })} title=${id}>${ONE[page]} ${name}</a>`;
}

/** Ids in sentences are as long as ids are; enough of one is enough. */
const withShortIds = (text: string): string => text.replace(/\b[0-7][0-9a-hjkmnp-tv-z]{25}\b/g, shortId);
