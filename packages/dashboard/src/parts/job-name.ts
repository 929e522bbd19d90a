/** What a job is called and which revision it builds, the same wherever a job is named: a link to the page of the job. */
import { html, type TemplateResult } from 'lit';
import { type JobRow, jobRevision, jobTitle } from '../rows.ts';
import { hrefHere } from './href-here.ts';

export function jobLink(job: JobRow): TemplateResult {
  return html`<a href=${hrefHere(['jobs', job.id])} title=${job.id}><strong>${jobTitle(job)}</strong></a> <span class="dim">${jobRevision(job)}</span>`;
}
