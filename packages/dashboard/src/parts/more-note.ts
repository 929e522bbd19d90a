/** The last line of a list that is longer than what is shown: how many more, and where to see them. */
import { html, nothing, type TemplateResult } from 'lit';

export function moreNote(hidden: number, command: string): TemplateResult | typeof nothing {
  if (hidden <= 0) return nothing;
  return html`<li class="small dim">and ${hidden} more: <code>${command}</code></li>`;
}
