/** A command to copy into a terminal: the whole of it visible, and one button. */
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { copyText, NOT_COPIED } from '../copy-text.ts';
import { base, controls } from '../styles.ts';

@customElement('copy-line')
export class CopyLine extends LitElement {
  @property() command = '';
  /** What it does, for those who hear the page. */
  @property() label = 'Copy the command';
  @state() private copied = '';
  @state() private isForbidden = false;

  static override styles = [
    base,
    controls,
    css`
      div {
        display: flex;
        align-items: center;
        gap: var(--space);
        padding: 4px 4px 4px calc(1.5 * var(--space));
        border-radius: 8px;
        background: var(--bg);
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
    const word = this.isForbidden ? NOT_COPIED : this.copied === this.command ? 'Copied' : 'Copy';
    return html`<div><code>${this.command}</code><button type="button" aria-label="${this.label}: ${this.command}" @click=${this.#copy}>${word}</button></div>`;
  }

  async #copy(): Promise<void> {
    this.isForbidden = !(await copyText(this.command));
    this.copied = this.command;
  }
}
