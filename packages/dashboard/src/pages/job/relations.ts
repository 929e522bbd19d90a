/** What a job has to do with others: what it needs, what needs it, and the parts it was split into. */
import type { Job } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { counted, durationWords, shortId } from '../../format.ts';
import { hrefOf } from '../../router.ts';
import { type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { wordOfJob } from '../../words-of-job.ts';
import type { Known } from './why.ts';

export function relationsCard({ model, row, job, at }: Known): TemplateResult | typeof nothing {
  const id = job?.id ?? row?.id ?? '';
  const all = new Map([...model.jobs, ...model.finished].map((it) => [it.id, it]));
  const parts = new Set(job?.split?.children);
  const needs = (job?.needs ?? row?.needs ?? []).filter((it) => !parts.has(it));
  const neededBy = [...all.values()].filter((it) => it.needs.includes(id));
  const parent = job?.parent ?? row?.parent ?? null;
  const lists = [
    { title: 'Is a part of', ids: parent === null ? [] : [parent] },
    { title: 'Needs', ids: needs },
    { title: 'Is needed by', ids: neededBy.map((it) => it.id) },
  ].filter(({ ids }) => ids.length > 0);
  if (lists.length === 0) return nothing;
  return html`<panel-card heading="Before and after">${lists.map(({ title, ids }) => html`<h3>${title}</h3><ul>${ids.map((it) => otherJob(it, all.get(it), { at, hasLog: false }))}</ul>`)}</panel-card>`;
}

interface Drawing {
  readonly at: string | null;
  /** Whether the way to its log stands beside it: of parts of a job that has none itself. */
  readonly hasLog: boolean;
}

function otherJob(id: string, row: JobRow | undefined, { at, hasLog }: Drawing) {
  const href = hrefOf(['jobs', id], { at });
  const log = hasLog ? html`, <a href=${hrefOf(['jobs', id, 'log'], { at })}>its log</a>` : nothing;
  if (!row) return html`<li><a class="mono" href=${href}>${shortId(id)}</a>${log}</li>`;
  const { tone, word } = wordOfJob(row);
  return html`<li><div class="row"><status-dot class="lead" tone=${tone}>${word}</status-dot><span class="body"><a href=${href}><strong>${jobTitle(row)}</strong></a> <span class="dim">${jobRevision(row)}</span></span><span class="end small dim">${row.agent === null ? nothing : html`on ${row.agent}${log}`}</span></div></li>`;
}

export function partsCard(job: Job, { model, at }: Pick<Known, 'model' | 'at'>): TemplateResult | typeof nothing {
  if (job.split === null) return nothing;
  const { kind, children, waves, projects, aloneSeconds, togetherSeconds, criticalPath, failure } = job.split;
  const all = new Map([...model.jobs, ...model.finished].map((it) => [it.id, it]));
  const faster = togetherSeconds > 0 ? aloneSeconds / togetherSeconds : 0;
  return html`<panel-card heading=${kind === 'canary' ? 'One on each server' : 'Parts'} .count=${children.length} note=${waves > 1 ? `in ${waves} waves` : ''}>
    <div class="pad">
      ${failure === null ? nothing : html`<p class="bad">${failure}</p>`}
      ${faster > 1 ? html`<p>Expected: ${durationWords(togetherSeconds * 1000)} together instead of ${durationWords(aloneSeconds * 1000)} alone, ${faster.toFixed(1)} times as fast${projects > 0 ? `, over ${counted(projects, 'project')}` : ''}.</p>` : nothing}
      ${criticalPath.length === 0 ? nothing : html`<p class="small dim">The longest chain: <strong class="mono">${criticalPath.join(' → ')}</strong></p>`}
    </div>
    <ul>${children.map((id) => otherJob(id, all.get(id), { at, hasLog: true }))}</ul>
    <p class="pad"><a href=${hrefOf(['jobs'], { view: 'time', at })}>See them on the timeline</a></p>
  </panel-card>`;
}
