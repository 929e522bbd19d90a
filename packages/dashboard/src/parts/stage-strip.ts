/** The stages of a job as one strip: which are done, which one runs, which are to come. */
import type { Stage } from '@gityard/domain';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { STAGE_TONES } from '../words.ts';

@customElement('stage-strip')
export class StageStrip extends LitElement {
  @property({ attribute: false }) stages: readonly Pick<Stage, 'name' | 'status'>[] = [];

  static override styles = css`
    :host {
      display: block;
    }
    ol {
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      gap: 4px;
      list-style: none;
      margin: 0;
      padding: 0;
      font-size: 12px;
      line-height: 16px;
      color: var(--dim);
    }
    li::before {
      content: '';
      display: block;
      height: 6px;
      margin-bottom: 4px;
      border-radius: 3px;
      background: var(--track);
    }
    li.ok::before {
      background: var(--ok);
    }
    li.off::before {
      background: var(--off);
      opacity: 0.4;
    }
    li.bad::before {
      background: var(--bad);
    }
    li.run::before {
      background: var(--run);
      animation: breathe 2s ease-in-out infinite;
    }
    li.run,
    li.bad {
      color: var(--fg);
      font-weight: 600;
    }
    .status {
      position: absolute;
      clip-path: inset(50%);
      width: 1px;
      height: 1px;
      overflow: hidden;
    }
    @keyframes breathe {
      50% {
        opacity: 0.45;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      li.run::before {
        animation: none;
      }
    }
    @media (max-width: 399px) {
      li {
        font-size: 11px;
      }
    }
  `;

  override render() {
    return html`<ol aria-label="Stages">${this.stages.map(
      ({ name, status }) =>
        html`<li class=${STAGE_TONES[status] ?? ''}>${name}<span class="status"> ${status.toLowerCase()}</span></li>`,
    )}</ol>`;
  }
}
