/** GitHub's answers about the issues, labels and workflow runs of one repository. */
import { API, type IssueAnswer, type IssueRequest, NOT_FOUND, no, ok, page, userOf, WRITES } from './answer.ts';
import { answerComments } from './comment-answers.ts';
import { leastOf } from './contract.ts';
import { answerStatuses } from './status-answers.ts';
import type { TrackedIssue, Tracker } from './tracker.ts';

const invalid = (field: string, code: string): IssueAnswer => ({
  status: 422,
  body: { message: 'Validation Failed', documentation_url: '', errors: [{ resource: 'Issue', field, code }] },
});

export function answerGithub(tracker: Tracker, request: IssueRequest): IssueAnswer {
  const { method, path } = request;
  const denied = deniedTo(tracker, request);
  if (denied) return denied;
  const [, number = '', part = ''] = /^\/issues(?:\/(\d+))?(\/\w+)?$/.exec(path) ?? [];
  // Pull requests are issues, too: lists go on.
  if (path.startsWith('/issues') && method !== 'GET' && !tracker.rules.hasIssues)
    return no(410, 'Issues has been disabled in this repository.');
  if (method !== 'GET' && tracker.rules.archived) return no(403, 'Repository was archived so is read-only.', WRITES);
  const others = answerComments(tracker, request) ?? answerStatuses(tracker, request);
  if (others) return others;
  if (path === '/issues') return method === 'GET' ? list(tracker, request) : create(tracker, request);
  if (number !== '') return one(tracker, { ...request, path: part }, Number(number));
  if (path === '/labels') return method === 'GET' ? labels(tracker, request) : newLabel(tracker, request);
  return /^\/actions\/workflows\/[^/]+\/runs$/.test(path) ? runs(tracker, request) : NOT_FOUND;
}

/** The header names what would have been enough: `a=write; b=write` is a choice. */
function deniedTo({ rules }: Tracker, { method, path }: IssueRequest): IssueAnswer | undefined {
  if (path.startsWith('/collaborators/')) return undefined;
  if (/^\/(?:statuses|commits)\//.test(path)) return statusesDeniedTo(rules, method);
  const isIssue = path.startsWith('/issues') || path.startsWith('/labels');
  const has = isIssue ? rules.issues : rules.actions;
  const needed = isIssue && method !== 'GET' ? 'write' : 'read';
  if (has === 'write' || has === needed) return undefined;
  const accepted = isIssue ? `issues=${needed}; pull_requests=${needed}` : 'actions=read';
  return no(403, 'Resource not accessible by integration', { 'x-accepted-github-permissions': accepted });
}

function statusesDeniedTo({ statuses }: Tracker['rules'], method: string): IssueAnswer | undefined {
  if (statuses === 'write' || method === 'GET') return undefined;
  return no(403, 'Resource not accessible by integration', { 'x-accepted-github-permissions': 'statuses=write' });
}

function list(tracker: Tracker, { query, path }: IssueRequest): IssueAnswer {
  const state = query.get('state') ?? 'open';
  const since = query.get('since') ?? '';
  const wanted = (query.get('labels') ?? '').split(',').filter((it) => it !== '');
  const found = tracker.issues
    .filter((it) => it.number <= tracker.rules.listedUpTo && !tracker.rules.deleted.has(it.number))
    .filter((it) => state === 'all' || it.state === state)
    .filter((it) => Date.parse(it.updatedAt) >= (since === '' ? 0 : Date.parse(since)))
    .filter((it) => wanted.every((name) => it.labels.some((has) => has.toLowerCase() === name.toLowerCase())))
    .reverse();
  return page(
    found.map((it) => issueOf(tracker, it)),
    query,
    path,
  );
}

function create(tracker: Tracker, { body }: IssueRequest): IssueAnswer {
  const assignees = (body.assignees ?? []) as string[];
  if (assignees.some((it) => !tracker.assignable.has(it))) return invalid('assignees', 'invalid');
  if (`${body.body ?? ''}`.length > 65_536) return invalid('body', 'too_long');
  const labelled = tracker.rules.dropsLabels ? [] : ((body.labels ?? []) as string[]);
  for (const it of labelled) tracker.label(it);
  const issue = tracker.open({
    title: `${body.title}`,
    body: `${body.body ?? ''}`,
    labels: [...labelled],
    assignees: [...assignees],
  });
  return { status: 201, body: issueOf(tracker, issue) };
}

function one(tracker: Tracker, { method, path, body }: IssueRequest, number: number): IssueAnswer {
  const issue = tracker.issues[number - 1];
  if (!issue) return NOT_FOUND;
  if (tracker.rules.deleted.has(number)) return no(410, 'This issue was deleted');
  if (path === '' && method === 'GET') return ok(issueOf(tracker, issue));
  if (tracker.rules.unchangeable.has(number)) return invalid('body', 'too_long');
  if (path === '' && method === 'PATCH') return change(tracker, issue, body);
  if (path === '/labels' && method === 'POST') return addLabels(tracker, issue, body.labels as string[]);
  return NOT_FOUND;
}

function change(tracker: Tracker, issue: TrackedIssue, body: IssueRequest['body']): IssueAnswer {
  if (typeof body.body === 'string') issue.body = body.body;
  const state = (body.state ?? issue.state) as TrackedIssue['state'];
  tracker.turn(issue, state, (body.state_reason as string | undefined) ?? null);
  return ok(issueOf(tracker, issue));
}

function addLabels(tracker: Tracker, issue: TrackedIssue, names: readonly string[]): IssueAnswer {
  for (const it of names) tracker.label(it);
  issue.labels = [...new Set([...issue.labels, ...names])];
  return ok(issue.labels.map((it) => labelOf(tracker, it)));
}

function labels(tracker: Tracker, { query, path }: IssueRequest): IssueAnswer {
  return page(
    [...tracker.labels.keys()].map((it) => labelOf(tracker, it)),
    query,
    path,
  );
}

function newLabel(tracker: Tracker, { body }: IssueRequest): IssueAnswer {
  const name = `${body.name}`;
  if (!tracker.label(name, `${body.color ?? 'ededed'}`)) return invalid('name', 'already_exists');
  return { status: 201, body: labelOf(tracker, name) };
}

function labelOf({ labels: known }: Tracker, name: string) {
  const { id = 0, color = 'ededed', name: called = name } = known.get(name.toLowerCase()) ?? {};
  return { ...leastOf('label'), id, node_id: `L_${id}`, name: called, color, description: null, default: false };
}

function runs({ runs: known }: Tracker, { query }: IssueRequest): IssueAnswer {
  const status = query.get('status');
  const found = known.filter((it) => status === null || it.conclusion === status).reverse();
  const rows = found.slice(0, Number(query.get('per_page') ?? 30)).map(({ at, conclusion }, id) => ({
    ...leastOf('workflow-run'),
    id,
    status: 'completed',
    conclusion,
    created_at: at,
    updated_at: at,
    run_started_at: at,
  }));
  return ok({ total_count: found.length, workflow_runs: rows });
}

function issueOf(tracker: Tracker, issue: TrackedIssue) {
  const { number, title, body, state, reason, by, createdAt, updatedAt, closedAt, isPull } = issue;
  const urls = { url: `${API}/issues/${number}`, html_url: `https://github.com/acme/app/issues/${number}` };
  const pull = { diff_url: null, html_url: null, patch_url: null, url: null };
  return {
    ...leastOf('issue'),
    ...urls,
    ...{ number, id: 10_000 + number, node_id: `I_${number}`, title, body, state, state_reason: reason },
    user: userOf(by),
    author_association: by.association,
    labels: issue.labels.map((it) => labelOf(tracker, it)),
    assignees: issue.assignees.map((login) => userOf({ login, type: 'User', association: 'MEMBER' })),
    comments: issue.comments.length,
    ...{ created_at: createdAt, updated_at: updatedAt, closed_at: closedAt, milestone: null, locked: issue.locked },
    ...(isPull && { pull_request: pull }),
  };
}
