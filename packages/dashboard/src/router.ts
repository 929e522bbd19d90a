/**
 * The address of what is shown, after the `#`: `/jobs/01j…/log?q=error&at=<commit>`. Everything that a person would want
 * to send to another stands in it: the page, the thing, the filters, the moment.
 */

import { visibleText } from './text/visible-text.ts';

export interface Route {
  /** Decoded, without the empty ones: `['jobs', '01j…', 'log']`. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/** What `#/jobs/a%2Fb?q=x` says. What cannot be decoded stands for itself. */
function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  return {
    // Whoever made the link may have hidden something in it; and so written, data are found by it.
    path: path.split('/').filter(Boolean).map(decoded).map(visibleText),
    query: new Map([...new URLSearchParams(query)].map(visibleText)),
  };
}

/** A value of null or '' leaves its name out. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string | null>> = {}): string {
  const wanted = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, value]],
  );
  const words = new URLSearchParams(wanted as [string, string][]).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${words === '' ? '' : `?${words}`}`;
}

/** The same page with other words in its query; the moment and other filters stay. */
export function withQuery({ path, query }: Route, change: Readonly<Record<string, string | null>>): string {
  return hrefOf(path, { ...Object.fromEntries(query), ...change });
}

export const currentRoute = (): Route => parseRoute(location.hash);

/** Without a new entry in the browser's history: for what changes with every key. */
export const replaceRoute = (href: string): void => {
  history.replaceState(history.state, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
};

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
