/** A status: a shape, a colour and, in its slot, the word. The shape alone tells the tones apart without colour. */
import { css, html, LitElement, type SVGTemplateResult, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Tone } from '../words.ts';

const SHAPES: Readonly<Record<Tone, SVGTemplateResult>> = {
  ok: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M4.8 8.2l2.2 2.2 4.2-4.6"/>`,
  run: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="hole" d="M6.4 4.9l4.8 3.1-4.8 3.1z"/>`,
  wait: svg`<circle class="ring" cx="8" cy="8" r="6"/><path class="ring" d="M8 4.8V8l2.2 1.6"/>`,
  bad: svg`<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>`,
  stuck: svg`<circle class="ring" cx="8" cy="8" r="6"/><path class="ring" d="M3.8 12.2l8.4-8.4"/>`,
  silent: svg`<circle class="ring broken" cx="8" cy="8" r="6"/>`,
  off: svg`<circle class="ring" cx="8" cy="8" r="6"/>`,
};

@customElement('status-dot')
export class StatusDot extends LitElement {
  @property({ reflect: true }) tone: Tone = 'off';

  static override styles = css`
    :host {
      display: inline-flex;
      align-items: baseline;
      gap: 6px;
      white-space: nowrap;
      color: var(--off);
    }
    :host([tone='ok']) {
      color: var(--ok);
    }
    :host([tone='run']) {
      color: var(--run);
    }
    :host([tone='wait']) {
      color: var(--wait);
    }
    :host(:is([tone='bad'], [tone='stuck'], [tone='silent'])) {
      color: var(--bad);
    }
    svg {
      width: 14px;
      height: 14px;
      flex: none;
      position: relative;
      top: 2px;
    }
    .ring,
    .cut {
      fill: none;
      stroke: currentColor;
      stroke-width: 2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .cut {
      stroke: var(--card);
    }
    .hole {
      fill: var(--card);
    }
    .broken {
      stroke-dasharray: 4 5.4;
    }
  `;

  override render() {
    return html`<svg viewBox="0 0 16 16" aria-hidden="true">${SHAPES[this.tone]}</svg><span><slot></slot></span>`;
  }
}
