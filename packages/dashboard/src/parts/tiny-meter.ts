/** One measure of a machine: its name, a bar, and the value in figures. Unknown is an empty bar and a dash, never zero. `bare`: what stands around it names it already. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { percentWords } from '../words-of-server.ts';

/** From here on a machine is short of it. */
const HIGH_PERCENT = 90;

@customElement('tiny-meter')
export class TinyMeter extends LitElement {
  @property() label = '';
  @property({ attribute: false }) percent: number | null = null;
  @property({ type: Boolean, reflect: true }) bare = false;

  static override styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      white-space: nowrap;
    }
    svg {
      width: 40px;
      height: 6px;
      border-radius: 3px;
      background: var(--track);
    }
    rect {
      fill: var(--dim);
    }
    .high {
      fill: var(--bad);
    }
    .value {
      min-width: 5ch;
      color: var(--fg);
    }
    :host([bare]) {
      display: flex;
      flex-direction: column-reverse;
      align-items: stretch;
      gap: 4px;
    }
    :host([bare]) svg {
      width: 100%;
      height: 4px;
    }
  `;

  override render() {
    const { label, percent } = this;
    // A bar by attribute, because a style attribute is what the content policy forbids.
    const bar = html`<svg aria-hidden="true"><rect class=${(percent ?? 0) >= HIGH_PERCENT ? 'high' : ''} width="${Math.min(100, Math.max(0, percent ?? 0))}%" height="100%"></rect></svg>`;
    return html`${this.bare ? nothing : html`<span>${label}</span>`}${bar}<span class="value">${percentWords(percent)}</span>`;
  }
}
