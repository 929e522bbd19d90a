/** What compilers and linters found, by file, and how often each code came up. */
import type { Annotation } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { counted } from '../../format.ts';
import type { Tone } from '../../words.ts';

const TONES: Readonly<Record<Annotation['level'], Tone>> = { error: 'bad', warning: 'wait', notice: 'off' };

export function findingsCard(annotations: readonly Annotation[]): TemplateResult | typeof nothing {
  if (annotations.length === 0) return nothing;
  const count = (level: Annotation['level']) => annotations.filter((it) => it.level === level).length;
  const note = [counted(count('error'), 'error'), counted(count('warning'), 'warning')].join(', ');
  return html`<panel-card heading="Findings" .count=${annotations.length} note=${note}>
    ${codes(annotations)}
    ${[...byFile(annotations)].map(
      ([path, own]) =>
        html`<h3 class="mono">${path}</h3><ul>${own.map(
          ({ level, line, column, code, message }) => html`<li><div class="row">
          <status-dot class="lead" tone=${TONES[level]}>${level === 'error' ? 'Error' : level === 'warning' ? 'Warning' : 'Notice'}</status-dot>
          <div class="body">${message}<div class="facts">${line === null ? nothing : html`<span>line ${line}${column === null ? '' : `, column ${column}`}</span>`}${code === null ? nothing : html`<span class="mono">${code}</span>`}</div></div>
        </div></li>`,
        )}</ul>`,
    )}
  </panel-card>`;
}

function codes(annotations: readonly Annotation[]) {
  const counts = new Map<string, number>();
  for (const { code } of annotations) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  if (counts.size === 0) return nothing;
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return html`<div class="pad chips">${sorted.map(([code, count]) => html`<span class="chip"><span class="mono">${code}</span> ${count}</span>`)}</div>`;
}

/** Files with errors first; what names no file stands last. */
function byFile(annotations: readonly Annotation[]): ReadonlyMap<string, readonly Annotation[]> {
  const files = new Map<string, Annotation[]>();
  const worst = (it: Annotation) => ['error', 'warning', 'notice'].indexOf(it.level);
  const sorted = [...annotations].sort(
    (a, b) => Number(a.path === null) - Number(b.path === null) || worst(a) - worst(b),
  );
  for (const annotation of sorted) {
    const path = annotation.path ?? 'In no file';
    const own = files.get(path);
    if (own) own.push(annotation);
    else files.set(path, [annotation]);
  }
  return files;
}
