/** GitHub's answers about the statuses of commits: the newest of each context counts. */
import { type IssueAnswer, type IssueRequest, NOT_FOUND, ok } from './answer.ts';
import { leastOf } from './contract.ts';
import type { TrackedStatus, Tracker } from './tracker.ts';

/** undefined: it is about something else. */
export function answerStatuses(tracker: Tracker, { method, path, body }: IssueRequest): IssueAnswer | undefined {
  const [, sent] = /^\/statuses\/([0-9a-f]+)$/.exec(path) ?? [];
  if (sent !== undefined && method === 'POST') return send(tracker, sent, body);
  const [, asked] = /^\/commits\/([0-9a-f]+)\/status$/.exec(path) ?? [];
  return asked === undefined ? undefined : combined(tracker, asked);
}

function send(tracker: Tracker, commit: string, body: IssueRequest['body']): IssueAnswer {
  const status: TrackedStatus = {
    id: tracker.newId(),
    commit,
    context: `${body.context ?? 'default'}`,
    state: `${body.state}`,
    description: (body.description as string | undefined) ?? null,
    targetUrl: (body.target_url as string | undefined) ?? null,
    at: tracker.now,
  };
  tracker.statuses.push(status);
  return { status: 201, body: { ...leastOf('status'), ...rowOf(status), creator: null } };
}

function combined(tracker: Tracker, commit: string): IssueAnswer {
  if (tracker.rules.unknownCommits.has(commit)) return NOT_FOUND;
  const newest = new Map(tracker.statuses.filter((it) => it.commit === commit).map((it) => [it.context, it]));
  const rows = [...newest.values()].map((it) => ({ ...leastOf('simple-commit-status'), ...rowOf(it) }));
  const least = leastOf('combined-commit-status');
  return ok({ ...least, state: 'pending', sha: commit, total_count: rows.length, statuses: rows });
}

const rowOf = ({ id, context, state, description, targetUrl, at }: TrackedStatus) => ({
  ...{ id, context, state, description },
  target_url: targetUrl,
  created_at: at,
  updated_at: at,
});
