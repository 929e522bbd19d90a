/**
 * The words by which a page is told its source: `github:owner/repository`, `ghes:https://host/owner/repository`,
 * `gitea:https://host/owner/repository`, `folder:./demo/`, `folder:./incident.tar.gz`, `api`. No other address is ever
 * asked, so what may not be asked is refused here.
 */
import { type RefName, SourceFailure } from './source.ts';

export type SourceAddress =
  | { readonly kind: 'api' }
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'github';
      readonly owner: string;
      readonly name: string;
      readonly hosts: GithubHosts;
    }
  | { readonly kind: 'gitea'; readonly owner: string; readonly name: string; readonly base: string };

/** Addresses without a slash at their end. */
interface GithubHosts {
  readonly api: string;
  /** Where files of public repositories are handed out without being counted. */
  readonly raw: string | null;
  readonly web: string;
}

export type RefNames = Readonly<Record<RefName, string>>;
export const DEFAULT_REFS: RefNames = { state: 'yard', live: 'yard-live', logs: 'yard-logs' };

const GITHUB: GithubHosts = {
  api: 'https://api.github.com',
  raw: 'https://raw.githubusercontent.com',
  web: 'https://github.com',
};

/** Throws SourceFailure `invalid`. */
export function sourceAddressOf(word: string, page: string): SourceAddress {
  if (word === 'api') return { kind: 'api' };
  const [, kind, rest = ''] = /^(github|ghes|gitea|folder):(.+)$/.exec(word) ?? [];
  if (kind === 'github') return { kind, ...namesOf(rest.split('/'), word), hosts: GITHUB };
  if (kind === 'folder') return { kind, folder: folderOf(rest, page) };
  if (kind === undefined) throw unknown(word);

  const url = hostOf(rest, word);
  const parts = url.pathname.replace(/^\/|\/$|\.git\/?$/g, '').split('/');
  const names = namesOf(parts.slice(-2), word);
  if (kind === 'gitea') return { kind, ...names, base: [url.origin, ...parts.slice(0, -2)].join('/') };
  if (parts.length !== 2) throw unknown(word);
  return { kind: 'github', ...names, hosts: { api: `${url.origin}/api/v3`, raw: null, web: url.origin } };
}

/** `main,main-live,main-logs`; what is left out is as usual. Throws SourceFailure `invalid`. */
export function refNamesOf(words: Partial<Record<RefName, unknown>>): RefNames {
  const named = (ref: RefName): string => {
    const word = words[ref] ?? DEFAULT_REFS[ref];
    const name = typeof word === 'string' ? word.replace(/^refs\/heads\//, '') : '';
    if (!/^[\w-][\w./-]*$/.test(name) || name.includes('..'))
      throw new SourceFailure({ kind: 'invalid', reason: `"${word}" is no name of a branch` });
    return name;
  };
  return { state: named('state'), live: named('live'), logs: named('logs') };
}

/** Of a yard under names of its own: a repository may hold more than one, and what is kept of them must not meet. */
export function addressWith(address: string, refs: RefNames): string {
  const isUsual = (Object.keys(DEFAULT_REFS) as RefName[]).every((ref) => refs[ref] === DEFAULT_REFS[ref]);
  return isUsual ? address : `${address} (${refs.state}, ${refs.live}, ${refs.logs})`;
}

function namesOf([owner = '', repository = '', ...more]: readonly string[], word: string) {
  const name = repository.replace(/\.git$/, '');
  if (!isName(owner) || !isName(name) || more.length > 0) throw unknown(word);
  return { owner, name };
}

const isName = (text: string): boolean => /^[\w.-]+$/.test(text) && !/^\.+$/.test(text);

/** A token must not travel in the open, except within this machine. */
function hostOf(text: string, word: string): URL {
  const url = URL.parse?.(text) ?? (URL.canParse(text) ? new URL(text) : undefined);
  if (!url || url.username || url.password || url.search || url.hash) throw unknown(word);
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:')) throw unknown(word);
  return url;
}

/** Only what lies beside the page: on a shared host, the folder next to it is another's. */
function folderOf(path: string, page: string): string {
  const url = new URL(path, page);
  const isBeside = url.href.startsWith(new URL('.', page).href) && !url.search && !url.hash;
  if (isBeside && /(\/|\.tar|\.tar\.gz|\.tgz)$/.test(url.pathname)) return url.href;
  throw new SourceFailure({
    kind: 'invalid',
    reason: `${path} is neither a folder (ending with a slash) nor an archive (.tar, .tar.gz) beside this page`,
  });
}

const unknown = (word: string): SourceFailure =>
  new SourceFailure({
    kind: 'invalid',
    reason: `"${word}" names no source; write github:owner/repository, ghes:https://host/owner/repository, gitea:https://host/owner/repository or folder:./demo/`,
  });
