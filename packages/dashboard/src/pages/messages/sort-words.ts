/** Of what sort a message is and how urgent, where that is worth a word. */
import { html, nothing } from 'lit';
import type { MessageRow } from '../../rows.ts';

export function sortWords({ type, priority }: Pick<MessageRow, 'type' | 'priority'>) {
  return html`${type === undefined || type === 'info' ? nothing : html`<span>${type}</span>`}
  ${priority === 'critical' || priority === 'high' ? html`<strong class="bad">${priority}</strong>` : nothing}`;
}
