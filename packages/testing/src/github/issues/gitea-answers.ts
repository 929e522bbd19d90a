/**
 * Where Gitea answers otherwise than GitHub: pages are asked for by `limit`, labels of an issue are given by their ids, colours
 * begin with `#`, nothing tells why an issue was closed or what its author is to the repository, one status of a commit has no
 * state but a status, and a refusal names no permission.
 */
import type { IssueAnswer, IssueRequest } from './answer.ts';
import { answerGithub } from './answers.ts';
import type { Tracker } from './tracker.ts';

type Row = Record<string, unknown>;
const GITHUB_ONLY = ['state_reason', 'author_association', 'node_id', 'labels_url', 'events_url'];
const no = (status: number, message: string): IssueAnswer => ({ status, body: { message, url: '/api/swagger' } });

export function answerGitea(tracker: Tracker, request: IssueRequest): IssueAnswer {
  const { method, body } = request;
  if (request.path.startsWith('/actions')) return no(404, 'not found');
  const ids = body.labels;
  if (Array.isArray(ids) && !ids.every((it) => typeof it === 'number'))
    return no(422, 'json: cannot unmarshal string into Go struct field CreateIssueOption.labels of type int64');
  if (method === 'POST' && request.path === '/labels' && !`${body.color}`.startsWith('#'))
    return no(422, 'color is not a valid hex colour');
  const names = Array.isArray(ids) ? { labels: ids.map((it) => nameOf(tracker, it as number)) } : {};
  const query = new URLSearchParams(request.query);
  query.set('per_page', `${Math.min(50, Number(query.get('limit') ?? 30))}`);
  const { status, body: found, headers } = answerGithub(tracker, { ...request, query, body: { ...body, ...names } });
  if (status >= 400) return no(status, (found as Row).message as string);
  const link = headers?.link?.replaceAll('per_page', 'ignored');
  if (/^\/commits\/[^/]+\/status$/.test(request.path)) return { status, body: withStatusWord(plain(found) as Row) };
  return { status, body: plain(found), headers: link === undefined ? {} : { link } };
}

const nameOf = ({ labels }: Tracker, id: number): string => [...labels.values()].find((it) => it.id === id)?.name ?? '';

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !GITHUB_ONLY.includes(key));
  return Object.fromEntries(kept.map(([key, it]) => [key, plain(it)]));
}

/** A single status is called so, and not a state. */
const withStatusWord = ({ statuses, ...combined }: Row): Row => ({
  ...combined,
  statuses: (statuses as Row[]).map(({ state, ...row }) => ({ ...row, status: state })),
});
