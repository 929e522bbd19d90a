/** In place of the data while there are none at all: what keeps them away, and what to do. */
import type { Time } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, controls } from '../styles.ts';
import { takeNewVersion } from '../yard/the-yard.ts';
import type { YardOfPage, YardView } from '../yard/yard.ts';
import { troubleOf } from './notices.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';

@customElement('first-visit')
export class FirstVisit extends LitElement {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'tell'>;
  @property({ attribute: false }) view!: YardView;
  @property({ attribute: false }) now!: Time;

  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: calc(3 * var(--space));
      }
      .offers {
        display: grid;
        gap: calc(2 * var(--space));
        justify-items: start;
        padding: 0 calc(2 * var(--space)) calc(2 * var(--space));
      }
      token-form {
        width: 100%;
      }
    `,
  ];

  override render() {
    const trouble = troubleOf(this.view, this.now);
    if (trouble === undefined) return nothing;
    const { title, text, offers } = trouble;
    if (offers.includes('token')) void import('./token-form.ts');
    const command = this.view.connection.source?.kind === 'api' ? 'gityard serve' : '';
    return html`<panel-card heading=${title}>
      <empty-note text=${text} command=${command}></empty-note>
      <div class="offers">
        ${offers.includes('look') ? html`<button type="button" @click=${() => this.yard.tell({ kind: 'look' })}>Look now</button>` : nothing}
        ${offers.includes('reload') ? html`<button type="button" @click=${takeNewVersion}>Reload the page</button>` : nothing}
        ${offers.includes('token') ? html`<token-form .yard=${this.yard} .view=${this.view}></token-form>` : nothing}
      </div>
    </panel-card>`;
  }
}
