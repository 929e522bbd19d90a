/** What the frame says while it shows the past: as of when, that nothing can be done there, and the way back. */
import { html } from 'lit';
import { shortCommit } from '../format.ts';
import type { Past } from './past.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';

export function pastNote(past: Past, live: () => void) {
  const when =
    past.state === 'shown'
      ? `${past.model.at.slice(0, 10)} ${past.model.at.slice(11, 19)} UTC`
      : `commit ${shortCommit(past.commit)}`;
  return html`<div class="past-note"><p><strong>As of ${when}.</strong> This is the past; nothing can be changed in it.</p>
    <button type="button" class="main" @click=${live}>Back to now</button></div>`;
}

/** In place of the data until they are there. */
export function pastInPlace(past: Exclude<Past, { state: 'shown' }>) {
  if (past.state === 'failed')
    return html`<panel-card heading="That moment cannot be shown"><empty-note text=${`Commit ${shortCommit(past.commit)}: ${past.reason}.`}></empty-note></panel-card>`;
  return html`<panel-card heading="Reading that moment"><empty-note text=${`The yard as it was at commit ${shortCommit(past.commit)} is being read.`}></empty-note></panel-card>`;
}
