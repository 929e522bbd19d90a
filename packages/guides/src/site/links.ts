/** Where the links of a page lead: to other pages, to files of the repository, to the world. What leads nowhere is an error. */
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { PAGES } from '../pages/list.ts';

/** Where pages stand in the repository. */
const FOLDER = 'packages/guides/pages';

export interface LinkWorld {
  /** Of the checkout. */
  readonly root: string;
  /** Where people read files of the repository, such as https://github.com/acme/app/blob/main; undefined: nowhere. */
  readonly repository: string | undefined;
}

/** A link to a heading of a page, to be looked at when all pages are drawn. */
export interface Anchor {
  readonly from: string;
  readonly page: string;
  readonly slug: string;
}

/** The address that a browser needs; undefined: the words stay without a link. `anchors` receives what is to be looked at. */
export function addressOf(
  target: string,
  { from, world, anchors }: { from: string; world: LinkWorld; anchors: Anchor[] },
) {
  if (/^(?:https?|mailto):/.test(target)) return target;
  const [path = '', slug] = target.split('#');
  if (path === '') {
    anchors.push({ from, page: from, slug: slug ?? '' });
    return target;
  }
  const place = posix.normalize(posix.join(FOLDER, posix.dirname(from), path));
  const page = place.startsWith(`${FOLDER}/`) ? place.slice(FOLDER.length + 1).replace(/\.md$/, '') : undefined;
  if (page !== undefined && path.endsWith('.md') && PAGES.includes(page)) {
    if (slug !== undefined) anchors.push({ from, page, slug });
    return `${relativeAddress(from, page)}${slug === undefined ? '' : `#${slug}`}`;
  }
  if (place.startsWith('..') || !existsSync(posix.join(world.root, place)))
    throw new Error(`a link leads to ${target}, which is not there`);
  return world.repository === undefined ? undefined : `${world.repository}/${place}`;
}

export const relativeAddress = (from: string, page: string): string =>
  posix.relative(posix.dirname(`/${from}`), `/${page}`).concat('.html');

export function brokenAnchors(anchors: readonly Anchor[], slugsOf: (page: string) => ReadonlySet<string>): string[] {
  return anchors
    .filter(({ page, slug }) => !slugsOf(page).has(slug))
    .map(({ from, page, slug }) => `${from}.md: a link leads to #${slug} of ${page}, which is not there`);
}
