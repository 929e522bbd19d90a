/**
 * How a server stood over a time, as a strip. Trouble stands taller than calm, so that it is seen without its colour; those
 * who hear the page are told in words. One path for each way to stand: a hundred strips cost a page a few hundred nodes.
 */
import type { Presence, Time } from '@gityard/domain';
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PresenceStretch } from '../worker/questions/presence.ts';
import { heatBuckets, presenceWords, WORST_FIRST } from './heat-buckets.ts';

/** Where its bar begins, of a height of 10. */
const TOPS: Readonly<Record<Presence, number>> = { silent: 0, maintenance: 2, stopped: 8, removed: 8, fresh: 4 };

@customElement('heat-strip')
export class HeatStrip extends LitElement {
  @property({ attribute: false }) stretches: readonly PresenceStretch[] = [];
  @property({ attribute: false }) from!: Time;
  @property({ attribute: false }) to!: Time;
  @property({ attribute: false }) count = 96;
  /** Of what and when: `build4, last 24 hours`. */
  @property() label = '';

  static override styles = css`
    :host {
      display: block;
      min-width: 0;
    }
    svg {
      display: block;
      width: 100%;
      height: var(--heat-height, 16px);
      border-radius: 3px;
      background: var(--track);
    }
    .fresh {
      fill: var(--ok);
    }
    .silent {
      fill: var(--bad);
    }
    .maintenance {
      fill: var(--wait);
    }
    .stopped,
    .removed {
      fill: var(--off);
    }
    @media (forced-colors: active) {
      svg {
        background: Canvas;
        border: 1px solid CanvasText;
      }
    }
  `;

  override render() {
    const { stretches, from, to, count } = this;
    const buckets = heatBuckets(stretches, { from, to, count });
    const words = `${this.label}: ${presenceWords(stretches)}`;
    return html`<svg role="img" aria-label=${words} viewBox="0 0 ${count} 10" preserveAspectRatio="none">
      <title>${words}</title>
      ${WORST_FIRST.map((presence) => {
        const bars = barsOf(buckets, presence);
        return bars === '' ? nothing : svg`<path class=${presence} d=${bars}></path>`;
      })}
    </svg>`;
  }
}

/** Neighbours that are alike are one bar, so that no seams show. */
function barsOf(buckets: readonly (Presence | undefined)[], presence: Presence): string {
  const top = TOPS[presence];
  let bars = '';
  for (let at = 0; at < buckets.length; at++) {
    if (buckets[at] !== presence) continue;
    const first = at;
    while (buckets[at + 1] === presence) at++;
    const width = at - first + 1;
    bars += `M${first} ${top}h${width}V10h${-width}z`;
  }
  return bars;
}
