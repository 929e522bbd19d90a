/** What became of a file of the inbox, looked at again whenever the yard has moved on, until it is known. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shortId } from '../format.ts';
import { hrefOf } from '../router.ts';
import { base } from '../styles.ts';
import { safeUrl } from '../text/safe-url.ts';
import type { YardOfPage } from '../yard/yard.ts';
import { Asking } from './asking.ts';
import './status-dot.ts';

@customElement('inbox-answer')
export class InboxAnswerElement extends LitElement {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'ask'>;
  @property() path = '';
  /** Which put it there, where that is known. */
  @property({ attribute: false }) commit: string | null = null;
  /** The head of the state that the page shows. */
  @property() head = '';
  readonly #asking = new Asking(this, 'inbox');

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space);
      }
      p {
        overflow-wrap: anywhere;
      }
    `,
  ];

  override willUpdate(): void {
    const { path, commit, head } = this;
    const state = this.#asking.answer?.state;
    if (state === 'taken' || state === 'removed') return;
    this.#asking.about(this.yard, { key: `${path} ${head}`, asked: { path, commit }, forget: false });
  }

  override render() {
    const { answer, failure } = this.#asking;
    if (!answer)
      return failure
        ? html`<p class="small dim">Not known now: ${failure.reason}.</p>`
        : html`<p class="small dim">Looking …</p>`;
    switch (answer.state) {
      case 'waiting':
        return html`<p class="small dim">No server has taken it up yet.</p>`;
      case 'removed':
        return html`<status-dot tone="off"><strong>Taken back</strong></status-dot><p>${answer.author} removed the file before a server took it up.</p>`;
      case 'taken':
        return html`<status-dot tone="ok"><strong>Taken up</strong></status-dot>${answer.job === null ? html`<p>The yard shows the change.</p>` : html`<p>It is job <a class="mono" href=${hrefOf(['jobs', answer.job])}>${shortId(answer.job)}</a>.</p>`}`;
      case 'refused':
        return html`<status-dot tone="bad"><strong>Refused</strong></status-dot><p>It ${answer.reason}. Nothing has changed.</p>${this.#note(answer.link)}`;
    }
  }

  #note(link: string | null) {
    const href = safeUrl(link);
    const what = html`<span class="mono">${this.path.replace(/\.json$/, '.error.md')}</span>`;
    return html`<p class="small dim">So says ${href === null ? what : html`<a href=${href} target="_blank" rel="noopener noreferrer">${what}</a>`}. Mend or remove <span class="mono">${this.path}</span>, and the note goes away.</p>`;
  }
}
