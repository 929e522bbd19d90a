/** The frame of a panel: its heading, how many there are, and in its slot the rows or the sentence that stands for none. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles.ts';

@customElement('panel-card')
export class PanelCard extends LitElement {
  @property() heading = '';
  @property({ attribute: false }) count: number | undefined;
  /** What the heading cannot say by itself: `3 stuck`. */
  @property() note = '';
  @property({ type: Boolean, reflect: true }) urgent = false;

  static override styles = [
    base,
    css`
      section {
        background: var(--card);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        overflow: hidden;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--space);
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        border-bottom: 1px solid var(--line);
      }
      h2 {
        margin: 0;
        font-size: 15px;
        line-height: 24px;
        font-weight: 600;
        white-space: nowrap;
      }
      .note {
        margin-left: auto;
        font-size: var(--small);
      }
      :host([urgent]) section {
        border-color: var(--bad);
      }
      :host([urgent]) h2 {
        color: var(--bad);
      }
    `,
  ];

  override render() {
    return html`<section aria-label=${this.heading}>
      <header>
        <h2>${this.heading}</h2>
        ${this.count === undefined ? nothing : html`<span class="dim">${this.count}</span>`}
        ${this.note === '' ? nothing : html`<span class="note dim">${this.note}</span>`}
      </header>
      <slot></slot>
    </section>`;
  }
}
