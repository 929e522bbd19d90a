/** Everything about the connection: where the data come from, how old they are, what was asked and what it cost. */
import type { ReadModel, Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { copyText, NOT_COPIED } from '../copy-text.ts';
import { ageWords, durationWords, shortCommit } from '../format.ts';
import { hrefOf } from '../router.ts';
import { safeUrl } from '../text/safe-url.ts';
import type { YardOfPage, YardView } from '../yard/yard.ts';
import { bugReport, resetWords, SOURCE_WORDS } from './connection-report.ts';
import { CONNECTION_WORDS, leftWords } from './connection-words.ts';
import { Overlay } from './overlay.ts';
import '../parts/status-dot.ts';

/** What a clock may be off before anybody needs to know. */
const SKEW_SHOWN_MS = 2_000;

@customElement('connection-popover')
export class ConnectionPopover extends Overlay {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'ask' | 'tell'>;
  @property({ attribute: false }) view!: YardView;
  @property({ attribute: false }) model: ReadModel | undefined;
  @property({ attribute: false }) now!: Time;
  @state() private commitLink: string | null = null;
  /** What became of the last try. */
  @state() private copied = '';

  static override styles = [
    ...Overlay.styles,
    css`
      table {
        width: 100%;
        margin-top: calc(2 * var(--space));
        border-collapse: collapse;
        font-size: var(--small);
      }
      caption {
        text-align: left;
        font-weight: 600;
      }
      th,
      td {
        padding: 3px var(--space) 3px 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      .number {
        text-align: right;
        white-space: nowrap;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.model) void this.#findLink(this.model.head);
  }

  override render() {
    const { connection } = this.view;
    const { source, budget, skewMs, failure, requests, hasToken } = connection;
    const { tone, word } = CONNECTION_WORDS[connection.state];
    return this.framed(
      'Connection',
      html`<dl>
          <dt>State</dt><dd><status-dot tone=${tone}>${word}</status-dot>${failure === null ? nothing : html` ${failure.reason}`}</dd>
          <dt>Source</dt><dd>${source === null ? 'not found yet' : `${source.address}, ${SOURCE_WORDS[source.kind]}`}${hasToken ? ', with a token' : ''}</dd>
          ${this.#snapshot()}
          <dt>Last look</dt><dd>${connection.lookedAt === null ? 'not needed: the server tells of each change' : ageWords(new Date(connection.lookedAt).toISOString(), this.now)}</dd>
          <dt>Budget</dt><dd>${budget === null ? 'nothing is counted here' : `${leftWords(budget)} left, ${resetWords(budget, this.now)}`}</dd>
          <dt>Clock</dt><dd>${Math.abs(skewMs) < SKEW_SHOWN_MS ? 'agrees with the server' : `${durationWords(Math.abs(skewMs))} ${skewMs > 0 ? 'behind' : 'ahead of'} the server; ages are by the server's`}</dd>
        </dl>
        <table>
          <caption>Last requests (${requests.length} of at most 20)</caption>
          ${
            requests.length === 0
              ? html`<tbody><tr><td class="dim">None has been counted yet.</td></tr></tbody>`
              : html`<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Answer</th><th scope="col" class="number">Took</th><th scope="col" class="number">Cost</th></tr></thead>
                <tbody>${requests.map(
                  ({ at, what, ms, status, cost }) =>
                    html`<tr><td class="nowrap">${ageWords(new Date(at).toISOString(), this.now)}</td><td>${what}</td><td>${status === 0 ? 'none' : status}</td><td class="number">${Math.round(ms)} ms</td><td class="number">${cost}</td></tr>`,
                )}</tbody>`
          }
        </table>
        <div class="buttons">
          <a class="button" href=${hrefOf(['settings'])} @click=${this.close}>Settings</a>
          <button type="button" @click=${this.#copy}>${this.copied || 'Copy as bug report'}</button>
          <button type="button" class="main" @click=${() => this.yard.tell({ kind: 'look' })}>Look now</button>
        </div>`,
    );
  }

  #snapshot() {
    const { model } = this;
    if (model === undefined) return html`<dt>Snapshot</dt><dd>none yet</dd>`;
    const commit = html`<span class="mono" title=${model.head}>${shortCommit(model.head)}</span>`;
    return html`<dt>Commit</dt><dd>${this.commitLink === null ? commit : html`<a href=${this.commitLink} target="_blank" rel="noopener noreferrer">${commit}</a>`}</dd>
      <dt>Snapshot</dt><dd>number ${model.sequence}, written by ${model.by} ${ageWords(model.at, this.now)} <span class="dim">${model.at.slice(0, 19).replace('T', ' ')} UTC</span></dd>`;
  }

  async #findLink(commit: string): Promise<void> {
    this.commitLink = safeUrl(await this.yard.ask('link-to', { commit }).catch(() => null));
  }

  async #copy(): Promise<void> {
    const isCopied = await copyText(bugReport(this.view.connection, this.model, this.now));
    this.copied = isCopied ? 'Copied' : NOT_COPIED;
  }
}
