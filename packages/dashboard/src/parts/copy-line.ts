/** A line to be taken along: a command, a digest, an address. One press copies it; it can be marked as a whole as well. */
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';

@customElement('copy-line')
export class CopyLine extends LitElement {
  @property() text = '';
  @state() private word: 'Copy' | 'Copied' | 'Not copied' = 'Copy';

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space);
      }
      code {
        flex: 1;
        min-width: 0;
        padding: 6px 10px;
        border-radius: 8px;
        background: var(--bg);
        color: var(--fg);
        overflow-wrap: anywhere;
        user-select: all;
      }
      button {
        flex: none;
        color: var(--dim);
      }
    `,
  ];

  override render() {
    return html`<code>${this.text}</code><button type="button" aria-label="Copy ${this.text}" @click=${this.#copy}>${this.word}</button>`;
  }

  async #copy(): Promise<void> {
    // A browser without a safe connection has no clipboard; the text can still be marked.
    const copied = await navigator.clipboard?.writeText(this.text).then(
      () => true,
      () => false,
    );
    this.word = copied ? 'Copied' : 'Not copied';
  }
}
