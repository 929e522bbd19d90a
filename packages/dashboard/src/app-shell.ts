/** The frame of every page: header, notices, and the page that the address means. It alone holds data and time, and hands both down. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { PAGES, type PageEntry, pageOf } from './pages/list.ts';
import type { Page } from './pages/page.ts';
import { currentRoute, hrefOf, type Route } from './router.ts';
import { shell } from './shell-styles.ts';
import { base } from './styles.ts';
import { theYard } from './yard/the-yard.ts';
import { YardController } from './yard/yard.ts';
import './parts/connection-state.ts';
import './parts/empty-note.ts';
import './parts/panel-card.ts';
import './parts/theme-toggle.ts';

@customElement('app-shell')
export class AppShell extends LitElement {
  @state() private route: Route = currentRoute();
  /** Made when its page is loaded, kept while the address means the same page. */
  @state() private page: { readonly entry: PageEntry; readonly element: Page } | undefined;

  static override styles = [base, shell];

  constructor() {
    super();
    new YardController(this, theYard);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#follow);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#follow);
  }

  override render() {
    const { model, connection } = theYard.view;
    return html`
      <header>
        <div class="bar">
          <a class="home" href="#/"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 4v16M8 15.5c0-5 8-2.500 8-8"></path><circle cx="16" cy="6" r="2.4"></circle></svg>
          <span class="name">${model?.yard ?? 'Gityard'}</span></a>
          <nav aria-label="Pages">${PAGES.filter(({ key }) => key !== null).map((entry) => this.#link(entry))}</nav>
          <connection-state .connection=${connection} .at=${model?.at} .now=${theYard.now}></connection-state>
          <theme-toggle></theme-toggle>
        </div>
      </header>
      <main>${this.#notice()}${model ? this.#page() : this.#nothingYet()}</main>
    `;
  }

  override updated(_changed: PropertyValues): void {
    const { model } = theYard.view;
    if (!model) return;
    const needs = model.needsYou.length;
    document.title = `${needs > 0 ? `(${needs}!) ` : ''}${model.yard} – Gityard`;
  }

  readonly #follow = (): void => {
    this.route = currentRoute();
    void this.#load();
  };

  async #load(): Promise<void> {
    const entry = pageOf(this.route);
    if (!entry || this.page?.entry === entry) return;
    await entry.load();
    // Somebody may have gone on meanwhile.
    if (pageOf(this.route) === entry) this.page = { entry, element: document.createElement(entry.tag) as Page };
  }

  #page() {
    const entry = pageOf(this.route);
    if (!entry)
      return html`<panel-card heading="There is no such page"><empty-note text="The address names none that this dashboard has."></empty-note></panel-card>`;
    const { model } = theYard.view;
    if (this.page?.entry !== entry || !model) return nothing;
    const { element } = this.page;
    Object.assign(element, { yard: theYard, view: theYard.view, model, now: theYard.now, route: this.route });
    return element;
  }

  #link(entry: PageEntry) {
    const current = pageOf(this.route) === entry;
    return html`<a href=${hrefOf([entry.name].filter(Boolean))} aria-current=${current ? 'page' : nothing}>${entry.title}</a>`;
  }

  /** Trouble between the page and its source. It stands above the data and never in their place. */
  #notice() {
    const { model, connection, rewritten } = theYard.view;
    if (model && connection.failure !== null) {
      return html`<p class="notice" role="alert">${sentence(connection.failure.reason)} You see what was last known; the page keeps trying.</p>`;
    }
    if (rewritten)
      return html`<p class="notice" role="alert">The history of this yard was rewritten: its state went back to an earlier one.</p>`;
    return nothing;
  }

  #nothingYet() {
    const { state: word, failure, source } = theYard.view.connection;
    if (word === 'offline') {
      const text = `${sentence(failure?.reason ?? 'it is away')} The page keeps trying. Is the yard served at ${source?.address ?? 'this address'}?`;
      return html`<panel-card heading="No yard answers"><empty-note text=${text} command="gityard serve"></empty-note></panel-card>`;
    }
    const text =
      word === 'live' ? 'The yard is being read for the first time.' : 'The page asks the server for the yard.';
    return html`<panel-card heading="Looking for the yard"><empty-note text=${failure === null ? text : sentence(failure.reason)}></empty-note></panel-card>`;
  }
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
