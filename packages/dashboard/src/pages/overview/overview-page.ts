/** The first page: what needs somebody, what happened meanwhile, what runs, what waits and why, what failed, how the servers fare. */
import type { ReadModel } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { headline } from '../../headline.ts';
import { keepingOf, LastVisit } from '../../panels/last-visit.ts';
import type { LastDay, Later } from '../../panels/later.ts';
import { type OverviewFacts, PANELS, type PanelEntry } from '../../panels/list.ts';
import { seenNow } from '../../panels/since-last-visit.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';

/** From here on two columns stand side by side. The order in which one reads is that of the page, whichever it is. */
const wide = matchMedia('(min-width: 960px)');

@customElement('overview-page')
export class OverviewPage extends Page {
  #later: Later | undefined;
  #visit: { readonly yard: string; readonly is: LastVisit } | undefined;
  #noted: ReadModel | undefined;

  static override styles = [
    ...Page.styles,
    pageLayout,
    css`
      /* Of about the height that they will have. All stands above them, so that nothing moves when they come. */
      :not(:defined) {
        display: block;
        min-height: 240px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
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

  override willUpdate(): void {
    const { model, now, route, view } = this;
    // What is remembered, or of the past, is not what one sees of the yard on this visit.
    if (this.#noted === model || view.isRemembered || route.query.has('at')) return;
    this.#noted = model;
    this.#lastVisit().look(seenNow(model, now), now);
  }

  override render() {
    const { model, now } = this;
    const { first, rest } = headline(model, now);
    const visit = this.#lastVisit();
    const facts = {
      model,
      now,
      lastDay: this.#later?.lastDay() ?? UNKNOWN,
      onLoad: this.#want,
      before: visit.before,
      isMarked: visit.isMarked,
      onSeen: this.#markSeen,
    };
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

  #lastVisit(): LastVisit {
    const { yard } = this.model;
    if (this.#visit?.yard !== yard) {
      const keeping = keepingOf({ hasToken: this.view.connection.hasToken, host: location.hostname });
      this.#visit = { yard, is: new LastVisit(yard, keeping) };
    }
    return this.#visit.is;
  }

  readonly #redraw = (): void => this.requestUpdate();

  readonly #want = (): void => this.#later?.want();

  readonly #markSeen = (): void => {
    this.#lastVisit().mark(seenNow(this.model, this.now));
    this.requestUpdate();
  };
}

const UNKNOWN: LastDay = { servers: undefined, cost: null };

const column = (side: PanelEntry['column'], facts: OverviewFacts) =>
  html`<div class="column">${PANELS.filter((it) => it.column === side).map(({ draw }) => draw(facts))}</div>`;
