/** The frame of every page: header, notices, and the page that the address means. It alone holds data and time, and hands both down. */
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { WishEvent } from './actions/wish.ts';
import { Announcer, newsBetween } from './frame/announcer.ts';
import { Deeds } from './frame/deeds.ts';
import { bottomBar, header } from './frame/header.ts';
import { listenToKeys } from './frame/keyboard.ts';
import { isNewYard, newYard } from './frame/new-yard.ts';
import { noticesOf } from './frame/notices.ts';
import { Overlays } from './frame/overlays.ts';
import { PastOfPage } from './frame/past.ts';
import { pastInPlace, pastNote } from './frame/past-note.ts';
import { notify, watchTab } from './frame/watch.ts';
import { type PageEntry, pageOf } from './pages/list.ts';
import type { Page } from './pages/page.ts';
import { currentRoute, type Route } from './router.ts';
import { shell } from './shell-styles.ts';
import { base, controls } from './styles.ts';
import { theYard } from './yard/the-yard.ts';
import { YardController, type YardView } from './yard/yard.ts';
import './frame/first-visit.ts';
import './frame/notice-bar.ts';
import './parts/empty-note.ts';
import './parts/panel-card.ts';

@customElement('app-shell')
export class AppShell extends LitElement {
  @state() route: Route = currentRoute();
  /** The bar with which one goes through time. */
  @state() travels = false;
  /** Made when its page is loaded, kept while the address means the same page. */
  @state() private page: { readonly entry: PageEntry; readonly element: Page } | undefined;
  @state() private spoken = '';
  readonly overlays = new Overlays(this);
  readonly #deeds = new Deeds(this);
  readonly #past = new PastOfPage(theYard, () => this.requestUpdate());
  readonly #announcer = new Announcer(
    (text) => {
      this.spoken = text;
    },
    (ms, run) => setTimeout(run, ms),
  );
  #before: YardView = theYard.view;
  #stopKeys: (() => void) | undefined;

  static override styles = [base, controls, shell];

  constructor() {
    super();
    new YardController(this, theYard);
    this.addEventListener(WishEvent.type, (event) => this.#deeds.ask(event));
  }

  get pageElement(): HTMLElement | undefined {
    return this.page?.element;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#follow);
    this.#stopKeys = listenToKeys(this.#deeds);
    this.#arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#follow);
    this.#stopKeys?.();
  }

  /** Now, or the moment in the address. */
  shown(): YardView {
    const { view } = theYard;
    const { past } = this.#past;
    if (past?.state !== 'shown') return view;
    return { ...view, model: past.model, connection: { ...view.connection, state: 'past', commands: 'no' } };
  }

  say(text: string): void {
    this.#announcer.say([text]);
  }

  override willUpdate(): void {
    const before = this.#before;
    const after = theYard.view;
    if (before === after) return;
    this.#before = after;
    const news = newsBetween(before, after);
    // Not within this drawing: what is spoken is drawn as well.
    if (news.length > 0) queueMicrotask(() => this.#announcer.say(news));
    if (after.model && before.model !== after.model && !before.isRemembered) notify(before.model, after.model);
  }

  override render() {
    const view = this.shown();
    const { now } = theYard;
    const { past } = this.#past;
    const notices = past === undefined && view.model ? noticesOf(view, now) : [];
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the page</a>
      ${header({ view, route: this.route, now, does: this.#deeds, travels: this.travels })}
      ${past === undefined ? nothing : pastNote(past, this.#deeds.live)}
      <main tabindex="-1" class=${past === undefined ? '' : 'past'}>
        ${notices.length === 0 ? nothing : html`<notice-bar .notices=${notices} .yard=${theYard} .model=${view.model}></notice-bar>`}
        ${past !== undefined && past.state !== 'shown' ? pastInPlace(past) : this.#page(view)}
      </main>
      ${this.travels || past ? html`<time-bar .yard=${theYard} .route=${this.route} .past=${past} .today=${now}></time-bar>` : nothing}
      ${bottomBar(this.route, this.#deeds)}
      <p class="unseen" role="status">${this.spoken}</p>
      ${this.overlays.element}
    `;
  }

  override updated(): void {
    const { model } = this.shown();
    const entry = pageOf(this.route);
    if (model) watchTab(model, entry?.name ? entry.title : '');
    if (this.travels || this.#past.past) void import('./frame/time-bar.ts');
  }

  readonly #follow = (): void => {
    const before = this.route.path.join('/');
    this.#arrive();
    if (this.route.path.join('/') === before) return;
    // A new page begins at its top, for the eye and for those who hear it.
    scrollTo(0, 0);
    this.#toMain();
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
      return html`<first-visit .yard=${theYard} .view=${view} .now=${theYard.now}></first-visit>`;
    if (this.page?.entry !== entry) return nothing;
    const { element } = this.page;
    // In the past, ages and health are those of that moment.
    const now = this.#past.past && model ? model.at : theYard.now;
    Object.assign(element, { yard: theYard, view, model, now, route: this.route });
    return html`${entry.name === '' && model && isNewYard(model) ? newYard : nothing}${element}`;
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
