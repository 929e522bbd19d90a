/**
 * Where a person types a token. It goes straight to the worker, which alone keeps it, in memory alone: not in this page,
 * not in the browser's storage, not in an address. Only the password manager of the browser may remember it.
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';
import type { YardOfPage, YardView } from '../yard/yard.ts';
import { tokenLinks } from './token-links.ts';

@customElement('token-form')
export class TokenForm extends LitElement {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'tell'>;
  @property({ attribute: false }) view!: YardView;

  static override styles = [
    base,
    controls,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space);
      }
      label {
        flex: 1 1 24ch;
        font-size: var(--small);
      }
      input {
        display: block;
        width: 100%;
        margin-top: 4px;
        font-family: var(--mono);
      }
      ul,
      p {
        margin-top: calc(1.5 * var(--space));
        font-size: var(--small);
      }
      li {
        margin-top: 6px;
      }
    `,
  ];

  override render() {
    const { hasToken, source } = this.view.connection;
    if (source?.kind === 'api' || source?.kind === 'folder')
      return html`<p>This yard is read from ${source.address}; no token is needed.</p>`;
    return html`<form @submit=${this.#use}>
        <label>Token ${hasToken ? '(one is in use)' : ''}
          <input type="password" name="token" autocomplete="current-password" spellcheck="false" required />
        </label>
        <button class="main">Use it</button>
        ${hasToken ? html`<button type="button" @click=${this.#forget}>Forget it</button>` : nothing}
      </form>
      <p class="dim">It is kept in the memory of this tab until you close it, and sent to ${source?.address ?? 'the host of the yard'} alone.</p>
      <ul>${tokenLinks(source).map(({ title, href, gives }) => html`<li><a href=${href} target="_blank" rel="noopener noreferrer">${title}</a>: ${gives}</li>`)}</ul>`;
  }

  #use(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.renderRoot.querySelector('input');
    const token = field?.value.trim() ?? '';
    if (field) field.value = '';
    if (token !== '') this.yard.tell({ kind: 'token', token });
  }

  #forget(): void {
    this.yard.tell({ kind: 'token', token: null });
  }
}
