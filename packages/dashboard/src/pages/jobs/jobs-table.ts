/** All jobs that were found as one plain table, with nothing left out: for those who read with their ears, copy, or print. */
import type { Time } from '@gityard/domain';
import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { hrefOf, type Route, withQuery } from '../../router.ts';
import { type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { wordOfJob } from '../../words-of-job.ts';
import { worst } from './job-line.ts';
import { type Sort, spentMs } from './job-lists.ts';

interface Table {
  readonly jobs: readonly JobRow[];
  readonly sort: Sort;
  readonly route: Route;
  readonly now: Time;
}

const HEADS: readonly { readonly title: string; readonly sort?: Sort }[] = [
  { title: 'Status' },
  { title: 'Job', sort: 'name' },
  { title: 'Priority (1 first)', sort: 'priority' },
  { title: 'Server' },
  { title: 'Why' },
  { title: 'Took or waits', sort: 'longest' },
  { title: 'When', sort: 'newest' },
];

export function jobsTable({ jobs, sort, route, now }: Table): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of jobs"><table>
    <caption>${jobs.length} jobs</caption>
    <thead><tr>${HEADS.map(({ title, sort: own }) =>
      own === undefined
        ? html`<th scope="col">${title}</th>`
        : html`<th scope="col" aria-sort=${own === sort ? (own === 'newest' || own === 'longest' ? 'descending' : 'ascending') : 'none'}><a href=${withQuery(route, { sort: own === sort ? null : own })}>${title}</a></th>`,
    )}</tr></thead>
    <tbody>${repeat(
      jobs,
      ({ id }) => id,
      (job) => tableRow(job, now, route.query.get('at') ?? null),
    )}</tbody>
  </table></div>`;
}

function tableRow(job: JobRow, now: Time, at: string | null) {
  const { tone, word } = wordOfJob(job);
  return html`<tr>
    <td><status-dot tone=${tone}>${word}</status-dot></td>
    <th scope="row"><a href=${hrefOf(['jobs', job.id], { at })}>${jobTitle(job)}</a> <span class="dim">${jobRevision(job)}</span></th>
    <td>${job.priority}</td>
    <td>${job.agent ?? '–'}</td>
    <td class="why">${job.reason ?? worst(job.reasons)?.text ?? job.progress ?? '–'}</td>
    <td class="nowrap">${job.startedAt === null && job.status !== 'queued' ? '–' : durationWords(spentMs(job, now))}</td>
    <td>${age(job.endedAt ?? job.startedAt ?? job.submittedAt, now)}</td>
  </tr>`;
}

export const tableStyles = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
  }
  caption {
    text-align: left;
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    color: var(--dim);
  }
  th,
  td {
    padding: var(--space) calc(2 * var(--space));
    border-top: 1px solid var(--line);
    text-align: left;
    font-weight: 400;
    vertical-align: baseline;
  }
  thead th {
    font-weight: 600;
    white-space: nowrap;
  }
  .why {
    min-width: 24ch;
  }
`;
