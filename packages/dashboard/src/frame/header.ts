/** The top of every page, and on a phone the bar at its bottom. Only templates: what a click does is handed in. */
import type { Time } from '@gityard/domain';
import { html, nothing } from 'lit';
import { PAGES, type PageEntry } from '../pages/list.ts';
import { hrefOf, type Route } from '../router.ts';
import type { YardView } from '../yard/yard.ts';
import { lookWords } from './connection-words.ts';
import '../parts/connection-state.ts';
import '../parts/theme-toggle.ts';

/** On a phone these stand in the bar, and the others behind its last button. */
export const IN_BAR = ['', 'jobs', 'servers', 'messages'] as const;

export interface HeaderActs {
  search(): void;
  connection(): void;
  help(): void;
  more(): void;
  travel(): void;
  copy(): void;
  addJob(): void;
  live(): void;
}

export type HeaderAct = keyof HeaderActs;
type Does = (act: HeaderAct) => () => void;

interface HeaderProps {
  readonly view: YardView;
  /** Of the yard, also while a moment of it is being read. */
  readonly name: string | undefined;
  readonly route: Route;
  readonly now: Time;
  readonly does: Does;
  readonly travels: boolean;
}

export function header({ view: { model, connection }, name, route, now, does, travels }: HeaderProps) {
  return html`<header>
    <div class="bar">
      <a class="home" href="#/"><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M8 4v16M8 15.5c0-5 8-2.500 8-8"></path><circle cx="16" cy="6" r="2.4"></circle></svg>
      <span class="name">${name ?? 'Gityard'}</span></a>
      <span class="budget dim">${connection.state === 'past' ? '' : lookWords(connection, now)}</span>
      <button type="button" class="search" aria-label="Search or act" aria-keyshortcuts="/ Control+K" @click=${does('search')}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5"></circle><path d="M10.500 10.500L14 14"></path></svg>
        <span class="words">Search or act</span> <kbd>/</kbd>
      </button>
      <connection-state .connection=${connection} .at=${model?.at} .now=${now} @click=${does('connection')}></connection-state>
      <theme-toggle></theme-toggle>
      <button type="button" class="help" aria-label="Help" title="Help (?)" @click=${does('help')}>?</button>
    </div>
    <div class="bar pages">
      <nav aria-label="Pages">${PAGES.filter(({ key }) => key !== null).map((entry) => link(entry, route))}</nav>
      <div class="tools">
        <button type="button" ?disabled=${route.query.has('at')} @click=${does('addJob')}>Add a job</button>
        <button type="button" aria-pressed=${travels} @click=${does('travel')}>Time travel</button>
        <button type="button" @click=${does('copy')}>Export</button>
      </div>
    </div>
  </header>`;
}

export function bottomBar(route: Route, does: Does) {
  const inBar = PAGES.filter(({ name }) => IN_BAR.some((it) => it === name));
  return html`<nav class="bottom" aria-label="Main pages">
    ${inBar.map((entry) => html`<a href=${hrefOf([entry.name].filter(Boolean))} aria-current=${currentIn(entry, route)}>${icon(entry.name)}<span>${entry.name === '' ? 'Home' : entry.title}</span></a>`)}
    <button type="button" aria-haspopup="dialog" @click=${does('more')}>${icon('more')}<span>More</span></button>
  </nav>`;
}

function link(entry: PageEntry, route: Route) {
  return html`<a href=${hrefOf([entry.name].filter(Boolean))} aria-current=${currentIn(entry, route)}>${entry.title}</a>`;
}

/** One job is still among the jobs. */
function currentIn({ name }: PageEntry, route: Route) {
  if (name !== (route.path[0] ?? '')) return nothing;
  return route.path.length > 1 ? 'true' : 'page';
}

const PATHS: Readonly<Record<string, string>> = {
  '': 'M3 9.500L10 4l7 5.500V17H3z',
  jobs: 'M4 4.500h2v2H4zM9 5.500h7M4 9h2v2H4zM9 10h7M4 13.500h2v2H4zM9 14.500h7',
  servers: 'M3 4h14v5H3zM3 11h14v5H3zM6 6.500h.01M6 13.500h.01',
  messages: 'M3 4h14v10H9l-4 3v-3H3z',
  more: 'M4 6h12M4 10h12M4 14h12',
};

const icon = (name: string) =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name] ?? ''}></path></svg>`;
