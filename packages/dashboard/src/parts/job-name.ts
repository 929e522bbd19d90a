/** What a job is called and which revision it builds, the same wherever a job is named. */
import { html, type TemplateResult } from 'lit';
import { shortId } from '../format.ts';
import { type JobRow, jobRevision, jobTitle } from '../rows.ts';
import { hrefHere } from './href-here.ts';

export function jobName(job: JobRow): TemplateResult {
  return html`<strong>${jobTitle(job)}</strong> <span class="dim">${jobRevision(job)}</span>`;
}

/** The same, and it leads to the page of the job. */
export function jobLink(job: JobRow): TemplateResult {
  return html`<a href=${hrefHere(['jobs', job.id])} title=${job.id}><strong>${jobTitle(job)}</strong></a> <span class="dim">${jobRevision(job)}</span>`;
}

export function jobId({ id }: JobRow): TemplateResult {
  return html`<span class="mono" title=${id}>${shortId(id)}</span>`;
}
