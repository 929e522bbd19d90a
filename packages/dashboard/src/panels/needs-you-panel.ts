/** What a person must do, before everything else: what it is, where to look at it, and what mends it. When nothing does, it says so. */
import type { NeedsYou, ReadModel, Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { hrefHere } from '../parts/href-here.ts';
import { moreNote } from '../parts/more-note.ts';
import { toldText } from '../parts/told-text.ts';
import { remedyOf } from './need-remedy.ts';
import { Panel } from './panel.ts';
import '../actions/action-button.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';

const SHOWN_NEEDS = 12;

@customElement('needs-you-panel')
export class NeedsYouPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      .row {
        align-items: center;
      }
      status-dot {
        align-self: flex-start;
      }
      code {
        user-select: all;
      }
    `,
  ];

  override render() {
    const { needsYou, truncated } = this.model;
    const total = needsYou.length + (truncated.needsYou ?? 0);
    if (total === 0) return html`<panel-card heading="Needs you" .count=${0}>${nobody}</panel-card>`;
    return html`<panel-card heading="Needs you" .count=${total} urgent>
      <ul>
        ${needsYou.slice(0, SHOWN_NEEDS).map((it) => need(it, this.model, this.now))}
        ${moreNote(total - SHOWN_NEEDS, 'gityard health check')}
      </ul>
    </panel-card>`;
  }
}

function need(it: NeedsYou, model: ReadModel, now: Time) {
  const { path, wish, label, command } = remedyOf(it, model);
  return html`<li data-row>
    <div class="row">
      <status-dot tone="bad"></status-dot>
      <div class="body">
        <p>${toldText(it.text, now, model)}</p>
        <div class="facts">
          ${path === null ? nothing : html`<a href=${hrefHere(path)} title=${path[1]}>Open ${path[0] === 'jobs' ? 'the job' : path[0] === 'messages' ? 'the message' : path[1]}</a>`}
          ${command === null ? nothing : html`<code>${command}</code>`}
        </div>
      </div>
      ${wish === null ? nothing : html`<action-button class="end" .wish=${wish} label=${label} subject=${wish.target}></action-button>`}
    </div>
  </li>`;
}

const nobody = html`<empty-note text="Nothing. What only a person can mend will stand here, with the way to mend it."></empty-note>`;
