/** The files of two builds by what became of the comparison: what differs first, what is the same folded away. */
import type { Comparison } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { sizeWords } from '../../text/size-words.ts';
import type { Word } from '../../words.ts';
import '../../parts/status-dot.ts';

const MOST_ROWS = 200;

const BYTES: Word = { tone: 'stuck', word: 'Other bytes' };
const SIZE: Word = { tone: 'bad', word: 'Other size' };
const LACKING: Word = { tone: 'wait', word: 'Missing' };

export function comparedFiles(comparison: Comparison): TemplateResult {
  const { same, checksum, size, missing, identical } = comparison;
  const rows = [
    ...checksum.map((it) => row(BYTES, it.path, digest(it.left), digest(it.right))),
    ...size.map((it) =>
      row(SIZE, it.path, sizeWords(it.left), `${sizeWords(it.right)} (${signed(it.right - it.left)})`),
    ),
    ...missing.left.map((path) => row(LACKING, path, 'has none', 'has it')),
    ...missing.right.map((path) => row(LACKING, path, 'has it', 'has none')),
  ];
  return html`<panel-card heading="Files that differ" .count=${rows.length} note="${same.length} identical">
    ${identical ? html`<p class="pad dim">All files are the same to the last byte.</p>` : list(rows)}
    ${same.length === 0 ? nothing : html`<details class="more"><summary>${same.length} identical</summary><ul>${same.slice(0, MOST_ROWS).map((path) => html`<li><code>${path}</code></li>`)}</ul>${same.length > MOST_ROWS ? html`<p class="small dim">and ${same.length - MOST_ROWS} more</p>` : nothing}</details>`}
  </panel-card>`;
}

const list = (rows: readonly TemplateResult[]): TemplateResult => html`<ul>${rows.slice(0, MOST_ROWS)}</ul>
${rows.length > MOST_ROWS ? html`<p class="more small dim">and ${rows.length - MOST_ROWS} more</p>` : nothing}`;

const row = (found: Word, path: string, left: unknown, right: unknown): TemplateResult => html`<li>
  <div class="row">
    <span class="lead"><status-dot tone=${found.tone}>${found.word}</status-dot></span>
    <div class="body">
      <strong>${path}</strong>
      <div class="facts"><span>left ${left}</span><span>right ${right}</span></div>
    </div>
  </div>
</li>`;

const digest = (sha256: string): TemplateResult => html`<code class="digest" title="sha256">${sha256}</code>`;

const signed = (bytes: number): string => `${bytes > 0 ? '+' : '−'}${sizeWords(Math.abs(bytes))}`;
