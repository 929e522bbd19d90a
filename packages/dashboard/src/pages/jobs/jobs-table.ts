/**
 * All jobs that were found as one plain table, for those who read with their ears or compare. Its rows are of one height,
 * so that only those near what is seen are drawn.
 */
import type { ReadModel, Time } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { counted, durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import type { RowWindow } from '../../parts/row-window.ts';
import { toldWords } from '../../parts/told-text.ts';
import { hrefOf, type Route, withQuery } from '../../router.ts';
import { type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { priorityWord, wordOfJob } from '../../words-of-job.ts';
import { rowKind, worst } from './job-line.ts';
import { type Sort, spentMs } from './job-lists.ts';

interface Table {
  readonly jobs: readonly JobRow[];
  readonly model: ReadModel;
  readonly sort: Sort;
  readonly route: Route;
  readonly now: Time;
  readonly rows: RowWindow;
}

const HEADS: readonly { readonly title: string; readonly sort?: Sort }[] = [
  { title: 'Status' },
  { title: 'Job', sort: 'name' },
  { title: 'Priority', sort: 'priority' },
  { title: 'Server' },
  { title: 'Why' },
  { title: 'Took or waits', sort: 'longest' },
  { title: 'When', sort: 'newest' },
];

export function jobsTable({ jobs, model, sort, route, now, rows }: Table): TemplateResult {
  const { first, end } = rows.of(jobs.length);
  const at = route.query.get('at') ?? null;
  const gap = (count: number) =>
    count === 0
      ? nothing
      : html`<tr class="gap" aria-hidden="true"><td colspan=${HEADS.length} height=${count * rows.rowPx}></td></tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of jobs"><table aria-rowcount=${jobs.length + 1}>
    <caption>${counted(jobs.length, 'job')}</caption>
    <thead><tr aria-rowindex="1">${HEADS.map(({ title, sort: own }) =>
      own === undefined
        ? html`<th scope="col">${title}</th>`
        : html`<th scope="col" aria-sort=${own === sort ? (own === 'newest' || own === 'longest' ? 'descending' : 'ascending') : 'none'}><a href=${withQuery(route, { sort: own === sort ? null : own })}>${title}</a></th>`,
    )}</tr></thead>
    <tbody data-rows>${gap(first)}${repeat(
      jobs.slice(first, end),
      ({ id }) => id,
      (job, row) => tableRow(job, { model, now, at, index: first + row + 2 }),
    )}${gap(jobs.length - end)}</tbody>
  </table></div>`;
}

interface Row {
  readonly model: ReadModel;
  readonly now: Time;
  readonly at: string | null;
  readonly index: number;
}

function tableRow(job: JobRow, { model, now, at, index }: Row) {
  const { tone, word } = wordOfJob(job);
  const reason = worst(job.reasons);
  const why = job.reason ?? (reason ? toldWords(reason.text, now, model) : (job.progress ?? '–'));
  return html`<tr data-row=${rowKind(job)} aria-rowindex=${index}>
    <td><status-dot tone=${tone}>${word}</status-dot></td>
    <th scope="row"><a href=${hrefOf(['jobs', job.id], { at })}>${jobTitle(job)}</a> <span class="dim">${jobRevision(job)}</span></th>
    <td title="${job.priority} of 10; 1 goes first">${priorityWord(job.priority)}</td>
    <td>${job.agent ?? '–'}</td>
    <td class="why" title=${why}>${why}</td>
    <td>${job.startedAt === null && job.status !== 'queued' ? '–' : durationWords(spentMs(job, now))}</td>
    <td>${age(job.endedAt ?? job.startedAt ?? job.submittedAt, now)}</td>
  </tr>`;
}

export const tableStyles = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    /* Collapsed, a border would belong to two rows, and the last would be lower. */
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--small);
  }
  /* What holds the table says it for the eye. */
  caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  th,
  td {
    padding: var(--space) calc(2 * var(--space));
    border-top: 1px solid var(--line);
    text-align: left;
    font-weight: 400;
    vertical-align: baseline;
    white-space: nowrap;
  }
  tr[data-row] {
    height: var(--target);
  }
  tr[data-row] > * {
    padding-block: 0;
    vertical-align: middle;
  }
  .gap td {
    padding: 0;
    border: 0;
  }
  thead th {
    border-top: 0;
    color: var(--dim);
  }
  thead a {
    color: inherit;
    text-decoration-color: var(--line);
    text-underline-offset: 4px;
  }
  thead a:hover {
    color: var(--fg);
  }
  thead [aria-sort$='ending'] a {
    color: var(--fg);
    font-weight: 600;
    text-decoration: none;
  }
  thead [aria-sort='ascending'] a::after {
    content: ' ↑' / '';
  }
  thead [aria-sort='descending'] a::after {
    content: ' ↓' / '';
  }
  tbody th a {
    font-weight: 600;
    text-decoration: none;
  }
  tbody th a:hover {
    text-decoration: underline;
  }
  tbody th,
  .why {
    max-width: 40ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;
