/** The files of two builds by what became of the comparison: what differs first, what is the same folded away. */
import type { Comparison } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { sizeWords } from '../../text/size-words.ts';
import '../../parts/status-dot.ts';

const MOST_ROWS = 200;

export function comparedFiles(comparison: Comparison): TemplateResult {
  const { same, checksum, size, missing, identical } = comparison;
  const rows = [
    ...checksum.map((it) =>
      row(
        'stuck',
        'Other bytes',
        it.path,
        html`<code class="digest">${it.left}</code>`,
        html`<code class="digest">${it.right}</code>`,
      ),
    ),
    ...size.map((it) =>
      row('bad', 'Other size', it.path, sizeWords(it.left), `${sizeWords(it.right)} (${signed(it.right - it.left)})`),
    ),
    ...missing.left.map((path) => row('wait', 'Missing left', path, '–', 'there')),
    ...missing.right.map((path) => row('wait', 'Missing right', path, 'there', '–')),
  ];
  return html`<panel-card heading="Files that differ" .count=${rows.length} note="${same.length} identical">
    ${identical ? html`<p class="pad dim">All files are the same to the last byte.</p>` : table(rows)}
    ${same.length === 0 ? nothing : html`<details class="more"><summary>${same.length} identical</summary><ul>${same.slice(0, MOST_ROWS).map((path) => html`<li><code>${path}</code></li>`)}</ul>${same.length > MOST_ROWS ? html`<p class="small dim">and ${same.length - MOST_ROWS} more</p>` : nothing}</details>`}
  </panel-card>`;
}

const table = (rows: readonly TemplateResult[]): TemplateResult => html`<div class="scroll"><table>
  <caption class="hidden">Files that differ, with what each side has</caption>
  <thead><tr><th scope="col">Found</th><th scope="col">File</th><th scope="col">Left</th><th scope="col">Right</th></tr></thead>
  <tbody>${rows.slice(0, MOST_ROWS)}</tbody>
</table></div>
${rows.length > MOST_ROWS ? html`<p class="more small dim">and ${rows.length - MOST_ROWS} more</p>` : nothing}`;

const row = (tone: string, word: string, path: string, left: unknown, right: unknown): TemplateResult =>
  html`<tr><td><status-dot tone=${tone}>${word}</status-dot></td><th scope="row">${path}</th><td>${left}</td><td>${right}</td></tr>`;

const signed = (bytes: number): string => `${bytes > 0 ? '+' : '−'}${sizeWords(Math.abs(bytes))}`;
