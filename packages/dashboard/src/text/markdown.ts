/** Draws the small part of Markdown that messages may use. All of it is text in templates; nothing here makes markup of a string. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { type Block, documentIn, type List, type Run } from './markdown-blocks.ts';

export function markdown(text: string): TemplateResult {
  const { blocks, isCut } = documentIn(text);
  const note = isCut ? html`<p class="dim small">The text goes on; this page shows its first 64 KB.</p>` : nothing;
  return html`<div class="markdown">${blocks.map(blockOf)}${note}</div>`;
}

function blockOf(block: Block): TemplateResult {
  if (block.kind === 'code') return html`<pre tabindex="0"><code>${block.text}</code></pre>`;
  return block.kind === 'list' ? listOf(block) : html`<p>${block.runs.map(runOf)}</p>`;
}

function listOf({ isOrdered, items }: List): TemplateResult {
  const drawn = items.map(({ runs, list }) => html`<li>${runs.map(runOf)}${list ? listOf(list) : nothing}</li>`);
  return isOrdered ? html`<ol>${drawn}</ol>` : html`<ul>${drawn}</ul>`;
}

function runOf({ kind, text, isBold, href }: Run): TemplateResult | string {
  const drawn = kind === 'code' ? html`<code>${text}</code>` : href === undefined ? text : linkOf(text, href);
  return isBold ? html`<strong>${drawn}</strong>` : drawn;
}

/** The host stands beside the words, since words can say that they lead anywhere. */
function linkOf(text: string, href: string): TemplateResult {
  const { host } = new URL(href);
  const link = html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`;
  return text === href ? link : html`${link} <span class="dim small">(${host})</span>`;
}

export const markdownStyles = css`
  .markdown {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space);
    overflow-wrap: anywhere;
  }
  .markdown p {
    white-space: pre-line;
  }
  .markdown ul,
  .markdown ol {
    list-style: revert;
    margin: 0;
    padding-left: 3ch;
  }
  .markdown li {
    padding: 2px 0;
    border: 0;
    white-space: pre-line;
  }
  .markdown pre {
    margin: 0;
    padding: calc(1.5 * var(--space));
    border-radius: 8px;
    background: var(--bg);
    overflow-x: auto;
  }
`;
