/** What stands where nothing is: a sentence, and the command that would change it, ready to be copied. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';

@customElement('empty-note')
export class EmptyNote extends LitElement {
  @property() text = '';
  @property() command = '';
  @state() private isCopied = false;

  static override styles = [
    base,
    controls,
    css`
      :host {
        padding: calc(2 * var(--space));
        color: var(--dim);
      }
      div {
        display: flex;
        align-items: center;
        gap: var(--space);
        margin-top: var(--space);
        padding: 4px 4px 4px calc(1.5 * var(--space));
        border-radius: 8px;
        background: var(--bg);
        color: var(--fg);
      }
      code {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  override render() {
    return html`<p>${this.text}</p>${
      this.command === ''
        ? nothing
        : html`<div><code>${this.command}</code><button type="button" aria-label="Copy the command" @click=${this.#copy}>${this.isCopied ? 'Copied' : 'Copy'}</button></div>`
    }`;
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.command);
    this.isCopied = true;
  }
}
