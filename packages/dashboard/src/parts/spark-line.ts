/** A short line of values, with the limits that matter drawn across it. Its words say the newest value, the range, and of how many. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { HEIGHT, heightOf, type SparkPoint, sparkPath, WIDTH } from './spark-path.ts';

@customElement('spark-line')
export class SparkLine extends LitElement {
  @property({ attribute: false }) points: readonly SparkPoint[] = [];
  /** What the top of it stands for. */
  @property({ attribute: false }) max = 100;
  @property({ attribute: false }) limits: readonly { readonly value: number; readonly tone: 'wait' | 'bad' }[] = [];
  @property() label = '';

  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 40px;
      border-bottom: 1px solid var(--line);
    }
    path {
      fill: none;
      stroke: var(--accent);
      stroke-width: 2;
      stroke-linejoin: round;
      stroke-linecap: round;
      vector-effect: non-scaling-stroke;
    }
    .wait,
    .bad {
      stroke-width: 1;
      stroke-dasharray: 4 3;
      stroke: var(--wait);
    }
    .bad {
      stroke: var(--bad);
    }
  `;

  override render() {
    const line = sparkPath(this.points, this.max);
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
      ${this.limits.map(({ value, tone }) => (value > this.max ? nothing : svg`<path class=${tone} d="M0 ${heightOf(value, this.max)}H${WIDTH}"></path>`))}
      <path d=${line}></path>
    </svg>`;
  }
}
