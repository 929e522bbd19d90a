/** A short line of values, with the limits that matter drawn across it. Its words say the newest value, the range, and of how many. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';

export interface SparkPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

const WIDTH = 120;
const HEIGHT = 32;

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
      ${this.limits.map(({ value, tone }) => (value > this.max ? nothing : svg`<path class=${tone} d="M0 ${height(value, this.max)}H${WIDTH}"></path>`))}
      <path d=${line}></path>
    </svg>`;
  }
}

/** By time, so that a gap is as wide as it was. One value is a line across. */
export function sparkPath(points: readonly SparkPoint[], max: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const spanMs = last.at - first.at;
  if (spanMs <= 0) return `M0 ${height(last.value, max)}H${WIDTH}`;
  return points
    .map(
      ({ at, value }, index) =>
        `${index === 0 ? 'M' : 'L'}${round(((at - first.at) / spanMs) * WIDTH)} ${height(value, max)}`,
    )
    .join('');
}

/** A hair below the top and above the bottom, where half the stroke would be cut off. */
const height = (value: number, max: number): number =>
  round(HEIGHT - 1 - (Math.min(max, Math.max(0, value)) / (max || 1)) * (HEIGHT - 2));
const round = (value: number): number => Math.round(value * 10) / 10;
