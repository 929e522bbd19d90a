/**
 * Every page, in the order of the navigation: a new one is a folder beside this and a line here. All but the first are
 * loaded when somebody goes there.
 */
import type { Route } from '../router.ts';
import './overview/overview-page.ts';

export interface PageEntry {
  /** Its address; '' = the first page, and `*` stands for any one thing: `jobs/*`. */
  readonly name: string;
  readonly title: string;
  /** What is pressed after `g`; null: it stands in no menu. */
  readonly key: string | null;
  readonly tag: string;
  readonly load: () => Promise<unknown>;
}

export const PAGES: readonly PageEntry[] = [
  { name: '', title: 'Overview', key: 'o', tag: 'overview-page', load: async () => undefined },
  { name: 'jobs', title: 'Jobs', key: 'j', tag: 'jobs-page', load: () => import('./jobs/jobs-page.ts') },
  { name: 'jobs/*', title: 'Job', key: null, tag: 'job-page', load: () => import('./job/job-page.ts') },
  { name: 'jobs/*/log', title: 'Log', key: null, tag: 'log-page', load: () => import('./log/log-page.ts') },
];

/** The page that an address means; undefined: none has that name. */
export const pageOf = ({ path }: Route): PageEntry | undefined => PAGES.find(({ name }) => isAt(name, path));

/** `jobs/*` is any one job; what stands in its place is no part of the name. */
function isAt(name: string, path: Route['path']): boolean {
  const words = name.split('/').filter(Boolean);
  return words.length === path.length && words.every((word, at) => word === '*' || word === path[at]);
}
