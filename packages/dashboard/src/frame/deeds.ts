/**
 * Everything that the frame itself can do, once: for its buttons, its keys and the palette alike. It sees the frame through
 * a few words of it, and draws nothing.
 */
import type { ActionButton } from '../actions/action-button.ts';
import { type Wish, WishEvent } from '../actions/wish.ts';
import { copyText, NOT_COPIED } from '../copy-text.ts';
import { PAGES } from '../pages/list.ts';
import type { Page } from '../pages/page.ts';
import { hrefOf, type Route, replaceRoute, withQuery } from '../router.ts';
import { chooseDensity, chooseTheme, nextTheme, rememberedDensity, rememberedTheme, THEME_WORDS } from '../theme.ts';
import { theYard } from '../yard/the-yard.ts';
import type { YardView } from '../yard/yard.ts';
import type { Runnable } from './command-palette.ts';
import { deepAll } from './deep.ts';
import { type HeaderActs, IN_BAR } from './header.ts';
import type { KeyHandlers, KeyMeaning } from './keys.ts';
import type { Overlays } from './overlays.ts';
import { currentRow, focusRow, jobAfter } from './rows-by-key.ts';
import type { TimeBar } from './time-bar.ts';

export interface FrameOf extends HTMLElement {
  readonly route: Route;
  readonly pageElement: Page | undefined;
  readonly overlays: Overlays;
  travels: boolean;
  /** What is read out to those who hear the page. */
  spoken: string;
  shown(): YardView;
}

export class Deeds implements KeyHandlers, HeaderActs {
  readonly #frame: FrameOf;
  readonly #byKey: Readonly<Record<Exclude<KeyMeaning, 'go'>, () => void>>;
  readonly #tools: readonly Runnable[];
  readonly #say: (text: string) => void;

  constructor(frame: FrameOf, say: (text: string) => void) {
    this.#frame = frame;
    this.#say = say;
    this.#byKey = {
      palette: this.search,
      search: () => this.#searchHere(),
      'next-row': () => focusRow(this.#root, 1),
      'previous-row': () => focusRow(this.#root, -1),
      back: () => this.#back(),
      'next-failure': () => this.#nextOf('failed'),
      'next-stuck': () => this.#nextOf('stuck'),
      earlier: () => void this.#step(-1),
      later: () => void this.#step(1),
      live: this.live,
      look: () => theYard.tell({ kind: 'look' }),
      theme: () => this.#nextTheme(),
      density: () => this.#nextDensity(),
      permalink: () => void this.#copyLink(),
      actions: () => this.#actionsHere(),
      help: this.help,
    };
    this.#tools = [
      { title: 'Time travel', detail: '[ and ]', run: this.travel },
      { title: 'Look for newer data now', detail: 'r', run: this.#byKey.look },
      { title: 'Copy a link to exactly this', detail: 'y', run: this.#byKey.permalink },
      { title: 'Take a copy as JSON or CSV', detail: '', run: this.copy },
      { title: 'Change the theme', detail: 't', run: this.#byKey.theme },
      { title: 'Rows closer or wider', detail: 'd', run: this.#byKey.density },
      { title: 'About the connection', detail: '', run: this.connection },
      { title: 'Help', detail: '?', run: this.help },
    ];
  }

  readonly search = (): void => {
    const { model } = this.#frame.shown();
    if (!model) return;
    const fixed = [
      ...PAGES.filter(({ name, key }) => key !== null || name === 'compare').map(({ name, title, key }) => ({
        title,
        detail: key === null ? '' : `g ${key}`,
        href: this.#hrefOf(name),
      })),
      ...this.#tools,
    ];
    // The list stands still while somebody types: newer snapshots come with the next opening.
    void this.#frame.overlays.open('palette', () => ({ model, fixed }));
  };
  readonly connection = (): void => void this.#frame.overlays.open('connection', () => this.#given());
  readonly help = (): void => void this.#frame.overlays.open('help', () => ({}));
  readonly more = (): void => {
    const add = { title: 'Add a job', detail: '', run: this.addJob };
    void this.#frame.overlays.open('more', () => ({ without: IN_BAR, tools: [add, ...this.#tools] }));
  };
  readonly copy = (): void => {
    const { model } = this.#frame.shown();
    if (model) void this.#frame.overlays.open('export', () => ({ model, page: this.#frame.pageElement }));
  };
  readonly addJob = (): void => this.ask({ job: {} });
  readonly travel = (): void => {
    this.#frame.travels = !this.#frame.travels;
    if (!this.#frame.travels) this.live();
  };
  readonly live = (): void => {
    if (this.#frame.route.query.has('at')) replaceRoute(withQuery(this.#frame.route, { at: null }));
  };

  ask(wish: Wish): void {
    void this.#frame.overlays.open('act', () => ({ ...this.#given(), wish }));
  }

  does(meaning: Exclude<KeyMeaning, 'go'>): void {
    this.#byKey[meaning]();
  }

  goes(letter: string): boolean {
    const entry = PAGES.find(({ key }) => key === letter);
    if (entry) location.hash = this.#hrefOf(entry.name);
    return entry !== undefined;
  }

  isCovered(): boolean {
    return this.#frame.overlays.element !== undefined;
  }

  get #root(): ParentNode {
    return this.#frame.pageElement?.shadowRoot ?? this.#frame;
  }

  #given() {
    const view = this.#frame.shown();
    return { yard: theYard, view, model: view.model, now: theYard.now };
  }

  /** The moment that is looked at goes along. */
  #hrefOf(name: string): string {
    return hrefOf([name].filter(Boolean), { at: this.#frame.route.query.get('at') ?? null });
  }

  /** A page may have a field of its own for it, such as a log. */
  #searchHere(): void {
    const [field] = deepAll(this.#root, '[data-search]');
    if (field) field.focus();
    else this.search();
  }

  #back(): void {
    const { path, query } = this.#frame.route;
    if (query.has('at')) this.live();
    else if (path.length > 1) location.hash = hrefOf(path.slice(0, -1));
  }

  #nextOf(kind: 'failed' | 'stuck'): void {
    if (focusRow(this.#root, 1, kind)) return;
    const { model } = this.#frame.shown();
    const { path } = this.#frame.route;
    const id = model && jobAfter(model, kind, path[0] === 'jobs' ? path[1] : undefined);
    if (id === undefined) this.#say(kind === 'failed' ? 'Nothing has failed lately' : 'No job is stuck');
    else location.hash = hrefOf(['jobs', id]);
  }

  async #step(by: 1 | -1): Promise<void> {
    this.#frame.travels = true;
    await import('./time-bar.ts');
    this.#frame.shadowRoot?.querySelector<TimeBar>('time-bar')?.step(by);
  }

  #nextTheme(): void {
    chooseTheme(nextTheme(rememberedTheme()));
    this.#say(`Theme: ${THEME_WORDS[rememberedTheme()]}`);
  }

  #nextDensity(): void {
    chooseDensity(rememberedDensity() === 'compact' ? 'comfortable' : 'compact');
    this.#say(rememberedDensity() === 'compact' ? 'Rows stand close together' : 'Rows have room');
  }

  /** With the commit in it, so that whoever opens it sees the same. */
  async #copyLink(): Promise<void> {
    const { route } = this.#frame;
    const { model } = this.#frame.shown();
    const hash = withQuery(route, { at: route.query.get('at') ?? model?.head ?? null });
    const isCopied = await copyText(new URL(hash, location.href).href);
    this.#say(isCopied ? 'The link is copied' : NOT_COPIED);
  }

  #actionsHere(): void {
    const { model } = this.#frame.shown();
    const buttons = deepAll<ActionButton>(currentRow() ?? this.#root, 'action-button');
    const only = buttons.map((button) => ({
      title: button.subject === '' ? button.label : `${button.label}: ${button.subject}`,
      detail: '',
      run: () => void button.dispatchEvent(new WishEvent(button.wish)),
    }));
    if (only.length === 0) this.#say('There is nothing to do here');
    else if (model) void this.#frame.overlays.open('palette', () => ({ model, only }));
  }
}
