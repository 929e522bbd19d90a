/** How two builds went: how long each of their stages took, and what became of their tests. */
import { elapsedMs, type Stage } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { durationWords } from '../../format.ts';
import type { Build } from '../../worker/questions/artifacts/build.ts';

/** What differs by less is the noise of a machine. */
const NOISE_MS = 2_000;
const NOISE_SHARE = 0.1;

export function comparedStages(left: Build, right: Build): TemplateResult {
  const [ours, theirs] = [left.job?.stages ?? [], right.job?.stages ?? []];
  const names = [...new Set([...ours, ...theirs].map(({ name }) => name))];
  const rows = names.map((name) => ({ name, a: msOf(ours, name), b: msOf(theirs, name) }));
  const whole = { name: 'All of it', a: wholeMs(left), b: wholeMs(right) };
  return html`<panel-card heading="Stages">
    ${
      rows.length === 0 && whole.a === null && whole.b === null
        ? html`<empty-note text="How long the stages took is not known any more: the jobs of these builds have gone."></empty-note>`
        : html`<div class="scroll"><table>
      <caption class="hidden">How long each stage took</caption>
      <thead><tr><th scope="col">Stage</th><th scope="col" class="figure">Left</th><th scope="col" class="figure">Right</th><th scope="col" class="figure">Difference</th></tr></thead>
      <tbody>${[...rows, whole].map(stageRow)}</tbody>
    </table></div>`
    }
  </panel-card>`;
}

function stageRow({ name, a, b }: { name: string; a: number | null; b: number | null }): TemplateResult {
  return html`<tr><th scope="row">${name}</th><td class="figure">${words(a)}</td><td class="figure">${words(b)}</td><td class="figure">${a === null || b === null ? '–' : difference(a, b)}</td></tr>`;
}

function difference(a: number, b: number): TemplateResult | string {
  const [ms, noise] = [b - a, Math.max(NOISE_MS, NOISE_SHARE * Math.max(a, b))];
  if (Math.abs(ms) <= noise) return '–';
  return ms > 0
    ? html`<strong class="slower">+${durationWords(ms)}</strong>`
    : html`<strong class="ok">−${durationWords(-ms)}</strong>`;
}

const words = (ms: number | null): string => (ms === null ? '–' : durationWords(ms));

function msOf(stages: readonly Stage[], name: string): number | null {
  const stage = stages.find((it) => it.name === name);
  return stage?.startedAt && stage.endedAt ? elapsedMs(stage.startedAt, stage.endedAt) : null;
}

const wholeMs = ({ job }: Build): number | null =>
  job?.startedAt && job.endedAt ? elapsedMs(job.startedAt, job.endedAt) : null;

export function comparedTests(left: Build, right: Build): TemplateResult | typeof nothing {
  const [a, b] = [left.job?.result?.tests, right.job?.result?.tests];
  if (!a && !b) return nothing;
  const row = (name: string, key: 'total' | 'passed' | 'failed' | 'skipped') =>
    html`<tr><th scope="row">${name}</th><td class="figure">${a?.[key] ?? '–'}</td><td class="figure">${b?.[key] ?? '–'}</td></tr>`;
  return html`<panel-card heading="Tests"><div class="scroll"><table>
    <caption class="hidden">What became of the tests</caption>
    <thead><tr><th scope="col"></th><th scope="col" class="figure">Left</th><th scope="col" class="figure">Right</th></tr></thead>
    <tbody>${row('All', 'total')}${row('Passed', 'passed')}${row('Failed', 'failed')}${row('Skipped', 'skipped')}</tbody>
  </table></div></panel-card>`;
}
