/**
 * Every page, in the order of the navigation: a new one is a folder beside this and a line here. All but the first are
 * loaded when somebody goes there.
 */
import type { Route } from '../router.ts';
import './overview/overview-page.ts';

export interface PageEntry {
  /** The first word of its address; '' = the first page. */
  readonly name: string;
  readonly title: string;
  /** What is pressed after `g`; null: it stands in no menu. */
  readonly key: string | null;
  readonly tag: string;
  readonly load: () => Promise<unknown>;
}

export const PAGES: readonly PageEntry[] = [
  { name: '', title: 'Overview', key: 'o', tag: 'overview-page', load: async () => undefined },
  { name: 'history', title: 'History', key: 'h', tag: 'history-page', load: () => import('./history/history-page.ts') },
];

/** The page that an address means; undefined: none has that name. */
export const pageOf = ({ path }: Route): PageEntry | undefined => PAGES.find(({ name }) => (path[0] ?? '') === name);
