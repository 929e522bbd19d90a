/** What stands where the past would: that it is being read, why it is not, or the button that has it read at the cost it says. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';

@customElement('past-note')
export class PastNote extends LitElement {
  @property() text = '';
  /** What is on the button; without it there is none. Pressing it rises as `load`. */
  @property() label = '';

  static override styles = [
    base,
    controls,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space) calc(2 * var(--space));
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        font-size: var(--small);
        color: var(--dim);
      }
    `,
  ];

  override render() {
    return html`<p>
      <span>${this.text}</span>
      ${this.label === '' ? nothing : html`<button type="button" @click=${() => this.dispatchEvent(new Event('load'))}>${this.label}</button>`}
    </p>`;
  }
}
