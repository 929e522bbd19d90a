/** What a person must do, before everything else. Without such a thing it is not there: the headline says that all is well. */
import type { NeedsYou } from '@gityard/domain';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shortId } from '../format.ts';
import { moreNote } from '../parts/more-note.ts';
import { Panel } from './panel.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';

@customElement('needs-you-panel')
export class NeedsYouPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      :host([hidden]) {
        display: none;
      }
    `,
  ];

  override willUpdate(): void {
    this.hidden = this.model.needsYou.length === 0;
  }

  override render() {
    const { needsYou, truncated } = this.model;
    const hidden = truncated.needsYou ?? 0;
    return html`<panel-card heading="Needs you" .count=${needsYou.length + hidden} urgent>
      <ul>${needsYou.map(need)}${moreNote(hidden, 'gityard health check')}</ul>
    </panel-card>`;
  }
}

function need({ code, text, refs }: NeedsYou) {
  return html`<li>
    <div class="row">
      <status-dot tone="bad"></status-dot>
      <div class="body">
        ${text}
        <div class="facts mono">
          <span>${code}</span>${refs.map((ref) => html`<span title=${ref}>${shortId(ref)}</span>`)}
        </div>
      </div>
    </div>
  </li>`;
}
