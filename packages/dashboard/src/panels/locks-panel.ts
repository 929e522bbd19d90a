/** Who holds which lock, until when, and how many wait for it. */
import type { Time } from '@gityard/domain';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { untilWords } from '../format.ts';
import type { LockRow } from '../rows.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';

@customElement('locks-panel')
export class LocksPanel extends Panel {
  override render() {
    const { locks } = this.model;
    return html`<panel-card heading="Locks" .count=${locks.length}>
      ${locks.length === 0 ? nobody : html`<ul>${locks.map((lock) => lockLine(lock, this.now))}</ul>`}
    </panel-card>`;
  }
}

function lockLine(lock: LockRow, now: Time) {
  return html`<li>
    <div class="row">
      <strong class="body">${lock.name}</strong>
      <span class="end">${lock.holder ?? 'free'}</span>
    </div>
    <div class="facts">
      ${lock.expiresAt === null ? nothing : html`<time datetime=${lock.expiresAt} title=${lock.expiresAt}>ends ${untilWords(lock.expiresAt, now)}</time>`}
      ${lock.count > 1 ? html`<span>${lock.holders} of ${lock.count} held</span>` : nothing}
      ${lock.waiting > 0 ? html`<span class="wait">${lock.waiting} waiting</span>` : nothing}
    </div>
  </li>`;
}

const nobody = html`<empty-note text="Nobody holds a lock." command="gityard lock run deploy -- ./deploy.sh"></empty-note>`;
