/** The last line of a panel that shows only the first of many: where all of them stand. */
import { html, type TemplateResult } from 'lit';

export const allLink = (href: string, text: string): TemplateResult =>
  html`<p class="all"><a href=${href}>${text} <span aria-hidden="true">→</span></a></p>`;
