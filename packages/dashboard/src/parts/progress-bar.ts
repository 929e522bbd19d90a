/** How much of its usual time something has taken: a thin bar, told in words by what stands beside it. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

@customElement('progress-bar')
export class ProgressBar extends LitElement {
  @property({ attribute: false }) percent = 0;
  @property({ type: Boolean, reflect: true }) over = false;

  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 3px;
      background: var(--track);
    }
    rect {
      fill: var(--run);
    }
    :host([over]) rect {
      fill: var(--wait);
    }
    @media (forced-colors: active) {
      rect {
        fill: Highlight;
      }
    }
  `;

  override render() {
    return html`<svg aria-hidden="true"><rect width="${Math.round(this.percent)}%" height="100%"></rect></svg>`;
  }
}
