/** What questions and answers are made of, of whatever part of a repository. */
import { leastOf } from './contract.ts';
import type { Author } from './tracker.ts';

export interface IssueRequest {
  readonly method: string;
  /** Below the repository, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}
export interface IssueAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const API = 'https://api.github.com/repos/acme/app';
/** What the address in links begins with, before it is known who asks. */
export const LINKED = 'https://api.github.com';
export const ok = (body: unknown, headers = {}): IssueAnswer => ({ status: 200, body, headers });
export const no = (status: number, message: string, headers = {}): IssueAnswer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: `${status}` },
  headers,
});
/** What every write to an issue tells that it takes, whatever else is in the way. */
export const WRITES = { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' };
export const NOT_FOUND = no(404, 'Not Found');

const LARGEST_PAGE = 100;

export function page(rows: readonly unknown[], query: URLSearchParams, path: string): IssueAnswer {
  const size = Math.min(LARGEST_PAGE, Number(query.get('per_page') ?? 30));
  const at = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const linkTo = (number: number, rel: string) => {
    const next = new URLSearchParams(query);
    next.set('page', `${number}`);
    return `<${API}${path}?${next}>; rel="${rel}"`;
  };
  const links = at < last ? { link: `${linkTo(at + 1, 'next')}, ${linkTo(last, 'last')}` } : {};
  return ok(rows.slice((at - 1) * size, at * size), links);
}

export const userOf = ({ login, type }: Author) => ({ ...leastOf('simple-user'), login, type });
