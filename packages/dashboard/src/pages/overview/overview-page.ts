/** The first page: what needs somebody, what runs, what waits and why, what happened meanwhile, what failed, how the servers fare. */
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { headline } from '../../headline.ts';
import type { Later } from '../../panels/later.ts';
import { type OverviewFacts, PANELS, type PanelEntry } from '../../panels/list.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';

/** From here on two columns stand side by side. The order in which one reads is that of the page, whichever it is. */
const wide = matchMedia('(min-width: 960px)');

@customElement('overview-page')
export class OverviewPage extends Page {
  #later: Later | undefined;

  static override styles = [
    ...Page.styles,
    pageLayout,
    css`
      /* The first one that is still to come keeps the place of all: if each had its own, their true heights would move them. */
      .column > :not([drawn]) {
        display: block;
        min-height: 640px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      .column > :not([drawn]) ~ * {
        display: none;
      }
      @media (min-width: 960px) {
        .columns {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener('change', this.#redraw);
  }

  override firstUpdated(): void {
    void this.#loadLater();
  }

  override render() {
    const { model, now } = this;
    const { first, rest } = headline(model, now);
    const facts = { model, now, later: this.#later, known: this.#later?.facts() };
    return html`
      <h1><strong>${first}</strong> ${rest}</h1>
      ${wide.matches ? html`<div class="columns">${column('left', facts)}${column('right', facts)}</div>` : nothing}
      ${wide.matches ? nothing : html`<div class="column">${PANELS.map(({ draw }) => draw(facts))}</div>`}
    `;
  }

  /** Not before the others are painted: a frame begins, and this comes after it. */
  async #loadLater(): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const { Later } = await import('../../panels/later.ts');
    this.#later = new Later(this);
    this.requestUpdate();
  }

  readonly #redraw = (): void => this.requestUpdate();
}

const column = (side: PanelEntry['column'], facts: OverviewFacts) =>
  html`<div class="column">${PANELS.filter((it) => it.column === side).map(({ draw }) => draw(facts))}</div>`;
