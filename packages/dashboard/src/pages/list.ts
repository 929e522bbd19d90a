/** Every page, in the order of the navigation: a new one is a folder beside this and a line here. Each is loaded when somebody goes there. */
import type { Route } from '../router.ts';

export interface PageEntry {
  /** Its address; '' = the first page, and `*` stands for any one thing: `jobs/*`. */
  readonly name: string;
  readonly title: string;
  /** What is pressed after `g`; null: it stands in no menu. */
  readonly key: string | null;
  readonly tag: string;
  readonly load: () => Promise<unknown>;
  /** It can be shown before anything of the yard is known. */
  readonly needsNoModel?: boolean;
}

export const PAGES: readonly PageEntry[] = [
  { name: '', title: 'Overview', key: 'o', tag: 'overview-page', load: () => import('./overview/overview-page.ts') },
  { name: 'jobs', title: 'Jobs', key: 'j', tag: 'jobs-page', load: () => import('./jobs/jobs-page.ts') },
  { name: 'jobs/*', title: 'Job', key: null, tag: 'job-page', load: () => import('./job/job-page.ts') },
  { name: 'jobs/*/log', title: 'Log', key: null, tag: 'log-page', load: () => import('./log/log-page.ts') },
  { name: 'servers', title: 'Servers', key: 's', tag: 'servers-page', load: () => import('./servers/servers-page.ts') },
  { name: 'servers/*', title: 'Server', key: null, tag: 'server-page', load: () => import('./server/server-page.ts') },
  {
    name: 'messages',
    title: 'Messages',
    key: 'm',
    tag: 'messages-page',
    load: () => import('./messages/messages-page.ts'),
  },
  { name: 'locks', title: 'Locks', key: 'l', tag: 'locks-page', load: () => import('./locks/locks-page.ts') },
  {
    name: 'artifacts',
    title: 'Artifacts',
    key: 'a',
    tag: 'artifacts-page',
    load: () => import('./artifacts/artifacts-page.ts'),
  },
  {
    name: 'compare',
    title: 'Compare',
    key: null,
    tag: 'compare-page',
    load: () => import('./compare/compare-page.ts'),
  },
  {
    name: 'branches',
    title: 'Branches',
    key: 'b',
    tag: 'branches-page',
    load: () => import('./branches/branches-page.ts'),
  },
  { name: 'history', title: 'History', key: 'h', tag: 'history-page', load: () => import('./history/history-page.ts') },
  { name: 'changes', title: 'Changes', key: 'c', tag: 'changes-page', load: () => import('./changes/changes-page.ts') },
  {
    name: 'settings',
    title: 'Settings',
    key: 'x',
    tag: 'settings-page',
    load: () => import('./settings/settings-page.ts'),
    needsNoModel: true,
  },
];

/** The page that an address means, or else the one of its first word, which then reads the rest; undefined: none has that name. */
export const pageOf = ({ path }: Route): PageEntry | undefined =>
  PAGES.find(({ name }) => isAt(name, path)) ?? PAGES.find(({ name }) => name === path[0]);

/** `jobs/*` is any one job; what stands in its place is no part of the name. */
function isAt(name: string, path: Route['path']): boolean {
  const words = name.split('/').filter(Boolean);
  return words.length === path.length && words.every((word, at) => word === '*' || word === path[at]);
}
