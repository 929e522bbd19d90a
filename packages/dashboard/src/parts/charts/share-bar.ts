/** A share as a bar and in figures, always with how many it is of. Of nothing there is a dash, and never a zero. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

@customElement('share-bar')
export class ShareBar extends LitElement {
  @property({ attribute: false }) share = 0;
  @property({ attribute: false }) of = 0;
  @property() tone: 'ok' | 'run' | 'bad' = 'run';
  /** What stands behind the percentage: `of 31 builds`. */
  @property() note = '';

  static override styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--space);
      white-space: nowrap;
    }
    svg {
      flex: none;
      width: 72px;
      height: 8px;
      border-radius: 4px;
      background: var(--track);
    }
    .ok {
      fill: var(--ok);
    }
    .run {
      fill: var(--run);
    }
    .bad {
      fill: var(--bad);
    }
    b {
      min-width: 5ch;
      font-weight: 600;
      text-align: right;
    }
    span {
      color: var(--dim);
    }
    @media (max-width: 600px) {
      :host {
        flex-wrap: wrap;
        gap: 0 var(--space);
      }
      svg {
        display: none;
      }
      b {
        text-align: left;
      }
    }
  `;

  override render() {
    const { share, of, tone, note } = this;
    const width = of === 0 ? 0 : Math.min(100, (100 * share) / of);
    return html`<svg aria-hidden="true"><rect class=${tone} width="${width}%" height="100%"></rect></svg><b>${shareWords(share, of)}</b>${note === '' ? '' : html`<span>${note}</span>`}`;
  }
}

/** Never rounded to all or none that it is not. */
export function shareWords(part: number, of: number): string {
  if (of === 0) return '–';
  const percent = (100 * part) / of;
  if (percent > 0 && percent < 1) return '< 1 %';
  if (percent < 100 && percent > 99) return '> 99 %';
  return `${Math.round(percent)} %`;
}
