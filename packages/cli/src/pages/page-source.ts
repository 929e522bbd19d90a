/** Where the page of a yard will read it: what `init --github` or `--gitea` names, for the page, its policy and git itself. */
import { usageError } from '../errors.ts';

export interface PageSource {
  /** As the page is told it, in its config.json. */
  readonly word: string;
  /** What the page may connect to beside its own origin. */
  readonly hosts: readonly string[];
  /** For git. */
  readonly address: string;
}

const GITHUB_HOSTS = ['https://api.github.com', 'https://raw.githubusercontent.com'];

/** undefined: neither was given. */
export function pageSource({ github, gitea }: { github?: string | undefined; gitea?: string | undefined }) {
  if (github !== undefined && gitea !== undefined)
    throw usageError('both --github and --gitea were given', 'name the one that holds the yard');
  if (github !== undefined) return onGithub(github);
  return gitea === undefined ? undefined : onGitea(gitea);
}

function onGithub(text: string): PageSource {
  if (/^[\w.-]+\/[\w.-]+$/.test(text)) {
    const word = `github:${text}`;
    return { word, hosts: GITHUB_HOSTS, address: `https://github.com/${text}.git` };
  }
  const url = addressIn(text, '--github acme/yard, or --github https://github.acme.example/acme/yard');
  const path = partsOf(url).join('/');
  if (url.host === 'github.com') return onGithub(path);
  return { word: `ghes:${url.origin}/${path}`, hosts: [url.origin], address: `${url.origin}/${path}.git` };
}

function onGitea(text: string): PageSource {
  const url = addressIn(text, '--gitea https://gitea.acme.example/acme/yard');
  const path = partsOf(url).join('/');
  return { word: `gitea:${url.origin}/${path}`, hosts: [url.origin], address: `${url.origin}/${path}.git` };
}

function addressIn(text: string, example: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isGood = url?.protocol === 'https:' && !url.username && !url.search && !url.hash && partsOf(url).length >= 2;
  if (url && isGood) return url;
  throw usageError(`"${text}" is no address of a repository that a page can read`, `write it like ${example}`);
}

const partsOf = ({ pathname }: URL): string[] => pathname.replace(/^\/|(\.git)?\/?$/g, '').split('/');
