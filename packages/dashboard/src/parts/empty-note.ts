/** What stands where nothing is: a sentence, and the command that would change it. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles.ts';

@customElement('empty-note')
export class EmptyNote extends LitElement {
  @property() text = '';
  @property() command = '';

  static override styles = [
    base,
    css`
      p {
        padding: calc(2 * var(--space));
        color: var(--dim);
      }
      code {
        display: block;
        margin-top: var(--space);
        padding: var(--space) calc(1.5 * var(--space));
        border-radius: 8px;
        background: var(--bg);
        color: var(--fg);
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  override render() {
    return html`<p>${this.text}${this.command === '' ? nothing : html`<code>${this.command}</code>`}</p>`;
  }
}
