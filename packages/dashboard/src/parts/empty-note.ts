/** What stands where nothing is: a sentence, and the command that would change it, ready to be copied. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles.ts';
import './copy-line.ts';

@customElement('empty-note')
export class EmptyNote extends LitElement {
  @property() text = '';
  @property() command = '';

  static override styles = [
    base,
    css`
      :host {
        padding: calc(2 * var(--space));
        color: var(--dim);
      }
      copy-line {
        margin-top: var(--space);
        color: var(--fg);
      }
    `,
  ];

  override render() {
    return html`<p>${this.text}</p>${this.command === '' ? nothing : html`<copy-line command=${this.command}></copy-line>`}`;
  }
}
