/** GitHub's answers about the comments of issues and pull requests, the signs that people put to them, and who may push. */
import { API, type IssueAnswer, type IssueRequest, NOT_FOUND, no, ok, page, userOf, WRITES } from './answer.ts';
import { leastOf } from './contract.ts';
import type { TrackedComment, TrackedIssue, Tracker } from './tracker.ts';

/** undefined: it is about something else. */
export function answerComments(tracker: Tracker, request: IssueRequest): IssueAnswer | undefined {
  const { method, path } = request;
  const [, number] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
  if (number !== undefined) return ofIssue(tracker, request, tracker.issues[Number(number) - 1]);
  const [, id] = /^\/issues\/comments\/(\d+)\/reactions$/.exec(path) ?? [];
  if (id !== undefined && method === 'POST') return react(tracker, request, Number(id));
  const [, login] = /^\/collaborators\/([^/]+)\/permission$/.exec(path) ?? [];
  return login === undefined ? undefined : permission(tracker, login);
}

function ofIssue(tracker: Tracker, request: IssueRequest, issue: TrackedIssue | undefined): IssueAnswer {
  const { method, query, path, body } = request;
  if (!issue) return NOT_FOUND;
  if (method === 'POST' && issue.locked) return no(403, 'Unable to create comment because issue is locked.', WRITES);
  if (method === 'POST') {
    const id = tracker.comment(issue, `${body.body}`);
    const made = issue.comments.find((it) => it.id === id);
    return made ? { status: 201, body: commentOf(issue, made) } : NOT_FOUND;
  }
  const since = Date.parse(query.get('since') ?? '1970-01-01');
  const found = issue.comments.filter((it) => Date.parse(it.at) >= since);
  return page(
    found.map((it) => commentOf(issue, it)),
    query,
    path,
  );
}

/** The same sign of the same person is one: the second time it is 200 and not 201. */
function react(tracker: Tracker, { body }: IssueRequest, id: number): IssueAnswer {
  const comment = tracker.issues.flatMap((it) => it.comments).find((it) => it.id === id);
  if (!comment) return NOT_FOUND;
  const content = `${body.content}`;
  const isThere = comment.reactions.includes(content);
  if (!isThere) comment.reactions.push(content);
  const row = { ...leastOf('reaction'), user: userOf(tracker.author), content, created_at: tracker.now };
  return { status: isThere ? 200 : 201, body: row };
}

function permission({ permissions }: Tracker, login: string): IssueAnswer {
  const given = permissions.get(login) ?? 'none';
  const row = { ...leastOf('repository-collaborator-permission'), permission: given, role_name: given, user: null };
  return ok(row);
}

function commentOf({ number }: TrackedIssue, { id, body, at, by }: TrackedComment) {
  const urls = { url: `${API}/issues/comments/${id}`, html_url: `${API}#c${id}`, issue_url: `${API}/issues/${number}` };
  const author = { user: userOf(by), author_association: by.association };
  return { ...leastOf('issue-comment'), ...urls, ...author, created_at: at, updated_at: at, id, body };
}
