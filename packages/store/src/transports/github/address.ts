/**
 * Where a repository's API is: `github:owner/repository` for github.com, `github+https://host/owner/repository` for an
 * Enterprise server of one's own. Knows no token: an address that holds one is refused, because addresses are shown.
 */
import assert from 'node:assert';

export interface GithubAddress {
  /** As a person would write it. */
  readonly name: string;
  readonly owner: string;
  readonly repository: string;
  /** Of this repository, without a slash at its end. */
  readonly restUrl: string;
  readonly graphqlUrl: string;
}

export const GITHUB_FORM = /^github(:|\+https?:\/\/)/i;

export function parseGithubAddress(address: string): GithubAddress {
  const [, scheme, rest = ''] = /^github(?:\+(https?))?:(?:\/\/)?(.*)$/i.exec(address) ?? [];
  if (scheme === undefined) return addressOf('api.github.com', rest, { prefix: 'github:' });

  const url = new URL(`${scheme.toLowerCase()}://${rest}`);
  assert(!url.username && !url.password, 'the token is given apart, not in the address');
  assert(url.protocol === 'https:' || isThisMachine(url.hostname), 'a token travels by https only');
  const isPublic = /^(www\.|api\.)?github\.com$/i.test(url.host);
  if (isPublic) return addressOf('api.github.com', url.pathname, { prefix: 'github:' });
  return addressOf(url.host, url.pathname, { prefix: `github+${url.protocol}//${url.host}/`, protocol: url.protocol });
}

/** Enterprise servers have their API below a path, github.com has it on a host of its own. */
function addressOf(host: string, path: string, { prefix, protocol }: { prefix: string; protocol?: string }) {
  const [owner = '', repository = '', ...more] = path.replace(/^\/+|\/+$/g, '').split('/');
  const name = repository.replace(/\.git$/, '');
  assert(isName(owner) && isName(name) && more.length === 0, 'write it as github:owner/repository');
  const [rest, graphql] = protocol
    ? [`${protocol}//${host}/api/v3`, `${protocol}//${host}/api/graphql`]
    : [`https://${host}`, `https://${host}/graphql`];
  return {
    name: `${prefix}${owner}/${name}`,
    owner,
    repository: name,
    restUrl: `${rest}/repos/${owner}/${name}`,
    graphqlUrl: graphql,
  };
}

const isName = (text: string): boolean => /^[\w.-]+$/.test(text) && !/^\.{1,2}$/.test(text);

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
