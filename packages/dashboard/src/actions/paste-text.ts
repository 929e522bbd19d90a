/** A text to be put in elsewhere, whole and as it is, with a button that copies it. */
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';

@customElement('paste-text')
export class PasteText extends LitElement {
  @property({ attribute: false }) text = '';
  @state() private copied = '';

  static override styles = [
    base,
    controls,
    css`
      label {
        display: grid;
        gap: 4px;
        margin-bottom: var(--space);
        font-size: var(--small);
      }
      textarea {
        width: 100%;
        font-family: var(--mono);
      }
    `,
  ];

  override render() {
    return html`<label>Text of the file<textarea readonly rows="6" .value=${this.text}></textarea></label>
      <button type="button" @click=${this.#copy}>${this.copied === this.text ? 'Copied' : 'Copy the text'}</button>`;
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.text);
    this.copied = this.text;
  }
}
