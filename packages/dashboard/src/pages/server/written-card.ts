/** Who wrote to a server's registration, newest first: each a commit that anybody can look at. */
import type { Time } from '@gityard/domain';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shortCommit } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { serverWords } from '../../parts/told-text.ts';
import { hrefOf } from '../../router.ts';
import { base, controls, rows } from '../../styles.ts';
import { safeUrl } from '../../text/safe-url.ts';
import type { ServerWrite } from '../../worker/questions/server-past.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';

@customElement('written-card')
export class WrittenCard extends LitElement {
  @property({ attribute: false }) writes: readonly ServerWrite[] | undefined;
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) instead: TemplateResult | null = null;

  static override styles = [base, controls, rows];

  override render() {
    const { writes, now } = this;
    return html`<panel-card heading="Changes to this server">
      ${this.instead}
      ${writes?.length === 0 ? html`<empty-note text="Nobody has changed it, as far as the history is kept."></empty-note>` : nothing}
      <ul>${writes?.map((it) => line(it, now))}</ul>
    </panel-card>`;
  }
}

function line({ commit, at, author, message, link }: ServerWrite, now: Time) {
  const href = link === null ? null : safeUrl(link);
  const name = html`<span class="mono">${shortCommit(commit)}</span>`;
  return html`<li>
    <div class="row">
      <div class="body">
        ${serverWords(message.split('\n')[0] ?? '')}
        <div class="facts"><span>${author}</span>${href === null ? html`<a href=${hrefOf(['changes'], { at: commit })}>${name}</a>` : html`<a href=${href} rel="noopener noreferrer" target="_blank">${name}</a>`}</div>
      </div>
      <span class="end small dim">${age(at, now)}</span>
    </div>
  </li>`;
}
