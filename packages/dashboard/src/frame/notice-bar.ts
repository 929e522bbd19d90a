/** Notices as the frame draws them: what is the matter in words, and what a person can do about it. Its data stay below. */
import type { Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { hrefOf } from '../router.ts';
import { base, controls } from '../styles.ts';
import { safeUrl } from '../text/safe-url.ts';
import { takeNewVersion } from '../yard/the-yard.ts';
import type { YardOfPage, YardView } from '../yard/yard.ts';
import { type Notice, noticesOf } from './notices.ts';
import { acceptHistory, saveOverwritten } from './rewritten.ts';
import '../parts/status-dot.ts';

const SHOWN_FILES = 5;

@customElement('notice-bar')
export class NoticeBar extends LitElement {
  @property({ attribute: false }) view!: YardView;
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'tell' | 'ask'>;
  @property({ attribute: false }) now!: Time;
  @state() private showsFiles = false;
  @state() private nothingBefore = false;
  #notices: readonly Notice[] = [];

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space);
      }
      :host([hidden]) {
        display: none;
      }
      section {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space) calc(2 * var(--space));
        padding: calc(1.25 * var(--space)) calc(2 * var(--space));
        border: 1px solid var(--wait);
        border-left-width: 4px;
        border-radius: 8px;
        background: var(--card);
        color: var(--fg);
        overflow-wrap: anywhere;
      }
      section:is(.bad, .silent) {
        border-color: var(--bad);
        color: var(--fg);
      }
      .words {
        flex: 1 1 36ch;
        min-width: 0;
      }
      status-dot {
        font-weight: 600;
        white-space: normal;
      }
      ul {
        flex: 1 0 100%;
        font-size: var(--small);
      }
      li {
        padding: 4px 0;
      }
    `,
  ];

  override willUpdate(): void {
    // Without data the same words stand in their place.
    this.#notices = this.view.model === undefined ? [] : noticesOf(this.view, this.now);
    this.hidden = this.#notices.length === 0;
  }

  override render() {
    return repeat(
      this.#notices,
      ({ kind }) => kind,
      (notice) => html`<section class=${notice.tone} data-notice=${notice.kind}>
        <div class="words">
          <status-dot tone=${notice.tone}>${notice.title}</status-dot>
          <p class="small dim">${notice.text}</p>
        </div>
        ${notice.offers.map((offer) => this.#offer(offer))}
        ${notice.kind === 'files' && this.showsFiles ? this.#files() : nothing}
      </section>`,
    );
  }

  #offer(offer: Notice['offers'][number]) {
    if (offer === 'token') return html`<a class="button" href=${hrefOf(['settings'])}>Use a token</a>`;
    if (offer === 'look')
      return html`<button type="button" @click=${() => this.yard.tell({ kind: 'look' })}>Look now</button>`;
    if (offer === 'reload') return html`<button type="button" @click=${takeNewVersion}>Reload the page</button>`;
    if (offer === 'before')
      return html`<button type="button" ?disabled=${this.nothingBefore} @click=${this.#saveBefore}>${this.nothingBefore ? 'Nothing older is kept' : 'Save what was before'}</button>`;
    if (offer === 'seen')
      return html`<button type="button" @click=${() => acceptHistory(this.yard)}>I have seen it</button>`;
    return html`<button type="button" aria-expanded=${this.showsFiles} @click=${this.#toggleFiles}>${this.showsFiles ? 'Hide' : 'Show'} the files</button>`;
  }

  async #saveBefore(): Promise<void> {
    this.nothingBefore = !(await saveOverwritten(this.yard));
  }

  readonly #toggleFiles = (): void => {
    this.showsFiles = !this.showsFiles;
  };

  #files() {
    const files = this.view.model?.quarantined ?? [];
    const hidden = files.length - SHOWN_FILES;
    return html`<ul>
      ${files.slice(0, SHOWN_FILES).map(
        (file) => html`<li>
          <button type="button" class="mono" title="See the file where the yard lives" @click=${() => void this.#see(file.path)}>${file.path}${(file.line ?? 0) > 0 ? ` line ${file.line}` : ''}</button>
          ${file.reason}${file.author === null ? nothing : html` <span class="dim">last written by ${file.author}</span>`}
          ${file.restored ? html`<span class="dim">, an earlier version is used</span>` : nothing}
        </li>`,
      )}
      ${hidden > 0 ? html`<li class="dim">and ${hidden} more: <code>gityard health check</code></li>` : nothing}
    </ul>`;
  }

  async #see(path: string): Promise<void> {
    const commit = this.view.model?.head;
    if (commit === undefined) return;
    const link = safeUrl(await this.yard.ask('link-to', { commit, path }));
    if (link !== null) open(link, '_blank', 'noopener,noreferrer');
  }
}
