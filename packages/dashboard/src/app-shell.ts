/** The frame of every page: header, notices, and the page that the address means. It alone holds data and time, and hands both down. */
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { WishEvent } from './actions/wish.ts';
import type { Afterwards } from './frame/afterwards.ts';
import { bottomBar, type HeaderAct, header } from './frame/header.ts';
import { Overlays } from './frame/overlays.ts';
import { PastOfPage } from './frame/past.ts';
import { pastInPlace, pastNote } from './frame/past-note.ts';
import { knownUntil, looksStanding } from './frame/standing.ts';
import { narrowShell } from './narrow-shell-styles.ts';
import { type PageEntry, pageOf } from './pages/list.ts';
import type { Page } from './pages/page.ts';
import { currentRoute, type Route } from './router.ts';
import { shell } from './shell-styles.ts';
import { base, controls } from './styles.ts';
import { theYard } from './yard/the-yard.ts';
import { YardController, type YardView } from './yard/yard.ts';
import './parts/empty-note.ts';
import './parts/panel-card.ts';

const BEGUN_MS = 500;

@customElement('app-shell')
export class AppShell extends LitElement {
  @state() route: Route = currentRoute();
  /** The bar with which one goes through time. */
  @state() travels = false;
  /** Made when its page is loaded, kept while the address means the same page. */
  @state() private page: { readonly entry: PageEntry; readonly element: Page } | undefined;
  @state() spoken = '';
  /** Something that is loaded when it is wanted could not be. */
  @state() private lacksPart = false;
  readonly overlays = new Overlays(this);
  readonly #past = new PastOfPage(theYard, () => this.requestUpdate());
  /** The first data are drawn, or it is clear that they take longer: nothing may hold them up, but nobody waits for keys. */
  readonly #begun = Promise.withResolvers<void>();
  #afterwards: Promise<Afterwards> | undefined;

  static override styles = [base, controls, shell, narrowShell];

  constructor() {
    super();
    new YardController(this, theYard);
    this.addEventListener(WishEvent.type, (event) => {
      if (event instanceof WishEvent) void this.#afterwards?.then(({ deeds }) => deeds.ask(event.wish));
    });
  }

  get pageElement(): Page | undefined {
    return this.page?.element;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#follow);
    addEventListener('vite:preloadError', this.#lack);
    setTimeout(this.#begun.resolve, BEGUN_MS);
    this.#arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#follow);
    removeEventListener('vite:preloadError', this.#lack);
    void this.#afterwards?.then(({ stop }) => stop());
    this.#afterwards = undefined;
  }

  /** Now, or the moment in the address. */
  shown(): YardView {
    const { view } = theYard;
    const { past } = this.#past;
    if (past === undefined) return view;
    const model = past.state === 'shown' ? past.model : undefined;
    return { ...view, model, connection: { ...view.connection, state: 'past', commands: 'no' } };
  }

  override render() {
    const view = this.shown();
    const { now } = theYard;
    const { past } = this.#past;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the page</a>
      ${header({ view, name: theYard.view.model?.yard, route: this.route, now, does: this.#does, travels: this.travels })}
      ${past === undefined ? nothing : pastNote(past, this.#does('live'))}
      <main tabindex="-1" class=${past === undefined ? (isOld(view, now) ? 'old' : '') : 'past'}>
        ${this.lacksPart ? partMissing : nothing}
        ${past === undefined ? html`<notice-bar .view=${view} .yard=${theYard} .now=${now}></notice-bar>` : nothing}
        ${past !== undefined && past.state !== 'shown' ? pastInPlace(past) : this.#page(view)}
      </main>
      ${this.travels || past ? html`<time-bar .yard=${theYard} .route=${this.route} .past=${past} .today=${now}></time-bar>` : nothing}
      ${bottomBar(this.route, this.#does)}
      <p class="unseen" role="status">${this.spoken}</p>
      ${this.overlays.element}
    `;
  }

  override updated(): void {
    const now = theYard.view;
    const shown = this.shown();
    const entry = pageOf(this.route);
    if (shown.model) setTimeout(this.#begun.resolve);
    this.#afterwards ??= this.#begun.promise.then(
      async () => new (await import('./frame/afterwards.ts')).Afterwards(this),
    );
    void this.#afterwards.then((it) => it.drawn(now, { shown, title: entry?.name ? entry.title : '' }));
    if (this.travels || this.#past.past) void import('./frame/time-bar.ts');
  }

  readonly #does = (act: HeaderAct) => () => void this.#afterwards?.then(({ deeds }) => deeds[act]());

  readonly #follow = (): void => {
    const before = this.route.path.join('/');
    this.#arrive();
    if (this.route.path.join('/') === before) return;
    // A new page begins at its top, for the eye and for those who hear it.
    scrollTo(0, 0);
    this.#toMain();
  };

  readonly #lack = (): void => {
    this.lacksPart = true;
  };

  #arrive(): void {
    this.route = currentRoute();
    this.#past.show(this.route.query.get('at'));
    void this.#load();
  }

  async #load(): Promise<void> {
    const entry = pageOf(this.route);
    if (!entry || this.page?.entry === entry) return;
    await entry.load();
    // Somebody may have gone on meanwhile.
    if (pageOf(this.route) === entry) this.page = { entry, element: document.createElement(entry.tag) as Page };
  }

  #page(view: YardView) {
    const entry = pageOf(this.route);
    const { model } = view;
    if (!entry)
      return html`<panel-card heading="There is no such page"><empty-note text="The address names none that this dashboard has."></empty-note></panel-card>`;
    // Settings must be reachable above all when nothing can be read.
    if (!model && !entry.needsNoModel)
      return view.connection.failure === null
        ? skeleton
        : html`<first-visit .yard=${theYard} .view=${view} .now=${theYard.now}></first-visit>`;
    if (this.page?.entry !== entry) return nothing;
    const { element } = this.page;
    // In the past, ages and health are those of that moment; without news, those of the last.
    const now = this.#past.past && model ? model.at : knownUntil(view, theYard.now);
    Object.assign(element, { yard: theYard, view, model, now, route: this.route });
    return element;
  }

  /** An address of its own would be taken for that of a page. */
  #skip(event: Event): void {
    event.preventDefault();
    this.#toMain();
  }

  #toMain(): void {
    this.renderRoot.querySelector('main')?.focus({ preventScroll: true });
  }
}

/** The values stay, but they are marked as what they are: an earlier look at the yard. */
const isOld = ({ isRemembered, connection }: YardView, now: string): boolean =>
  isRemembered || ['stale', 'dead'].includes(looksStanding(connection, Date.parse(now)));

const partMissing = html`<p role="alert"><strong>A part of this page could not be loaded:</strong> the network is away, or a newer version has taken its place. <button type="button" @click=${() => location.reload()}>Reload the page</button></p>`;

/** Of the height of what will come, so that nothing moves when it does. */
const skeleton = html`<p class="dim">Looking for the yard. On a first visit that takes a moment.</p><div class="bone"></div><div class="bone"></div>`;
