/** What a job is called and which revision it builds, the same wherever a job is named. */
import { html, type TemplateResult } from 'lit';
import { shortId } from '../format.ts';
import { type JobRow, jobRevision, jobTitle } from '../rows.ts';

export function jobName(job: JobRow): TemplateResult {
  return html`<strong>${jobTitle(job)}</strong> <span class="dim">${jobRevision(job)}</span>`;
}

export function jobId({ id }: JobRow): TemplateResult {
  return html`<span class="mono" title=${id}>${shortId(id)}</span>`;
}
