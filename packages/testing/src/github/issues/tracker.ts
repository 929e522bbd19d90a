/** What a host of issues knows: issues, comments, labels and who may what. A clock of the spec says when something happens. */

export interface TrackedIssue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  reason: string | null;
  labels: string[];
  assignees: string[];
  readonly by: Author;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  readonly comments: TrackedComment[];
  /** Every moment at which it was opened or closed. */
  readonly turns: { readonly at: string; readonly open: boolean }[];
  readonly isPull: boolean;
  locked: boolean;
}

export interface TrackedComment {
  readonly id: number;
  readonly body: string;
  readonly at: string;
  readonly by: Author;
  readonly reactions: string[];
}

export interface TrackedStatus {
  readonly id: number;
  readonly commit: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly at: string;
}

export interface Author {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  readonly association: 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';
}

const ACTIONS_BOT: Author = { login: 'github-actions[bot]', type: 'Bot', association: 'NONE' };
export const STRANGER: Author = { login: 'mallory', type: 'User', association: 'NONE' };

export interface TrackerRules {
  /** Of the token that asks. */
  issues: 'write' | 'read' | 'none';
  actions: 'read' | 'none';
  statuses: 'write' | 'read';
  token: string;
  hasIssues: boolean;
  /** Nothing of the repository changes any more. */
  archived: boolean;
  /** Issues that were deleted: their numbers answer that they are gone. */
  deleted: Set<number>;
  /** Issues that the host refuses to change, whatever is asked. */
  unchangeable: Set<number>;
  /** Listings do not know issues with higher numbers. */
  listedUpTo: number;
  /** So many of the next requests meet the secondary limit, or an outage. */
  secondary: { left: number; retryAfter: number | null };
  outage: { left: number; status: 500 | 502 | 503 };
  /** Requests that are left in this hour. */
  remaining: number;
  /** Labels that come with a new issue are dropped, as they are for who may not push. */
  dropsLabels: boolean;
  /** Nobody has pushed them. */
  unknownCommits: Set<string>;
}

export class Tracker {
  readonly issues: TrackedIssue[] = [];
  readonly labels = new Map<string, { id: number; name: string; color: string }>();
  readonly runs: { readonly at: string; readonly conclusion: string }[] = [];
  readonly statuses: TrackedStatus[] = [];
  /** Login → admin, write, read; none, where nobody is named. */
  readonly permissions = new Map<string, string>();
  readonly assignable = new Set(['ann', 'bob']);
  now: string;
  author: Author = ACTIONS_BOT;
  #ids = 1_000;
  readonly rules: TrackerRules = {
    issues: 'write',
    actions: 'read',
    statuses: 'write',
    token: 'a-token-of-the-specs',
    hasIssues: true,
    archived: false,
    deleted: new Set(),
    unchangeable: new Set(),
    listedUpTo: Number.POSITIVE_INFINITY,
    secondary: { left: 0, retryAfter: null },
    outage: { left: 0, status: 502 },
    remaining: 5_000,
    dropsLabels: false,
    unknownCommits: new Set(),
  };

  constructor(now: string) {
    this.now = now;
  }

  open(fields: Pick<TrackedIssue, 'title' | 'body'> & Partial<TrackedIssue>): TrackedIssue {
    const { now, author: by } = this;
    const number = this.issues.length + 1;
    const issue: TrackedIssue = {
      number,
      state: 'open',
      reason: null,
      labels: [],
      assignees: [],
      by,
      createdAt: now,
      updatedAt: now,
      closedAt: null,
      comments: [],
      turns: [{ at: now, open: true }],
      isPull: false,
      locked: false,
      ...fields,
    };
    this.issues.push(issue);
    return issue;
  }

  turn(issue: TrackedIssue, state: TrackedIssue['state'], reason: string | null): void {
    issue.updatedAt = this.now;
    if (issue.state === state) return;
    issue.state = state;
    issue.reason = state === 'open' ? 'reopened' : (reason ?? 'completed');
    issue.closedAt = state === 'open' ? null : this.now;
    issue.turns.push({ at: this.now, open: state === 'open' });
  }

  comment(issue: TrackedIssue, body: string, by = this.author): number {
    const id = this.newId();
    issue.comments.push({ id, body, at: this.now, by, reactions: [] });
    issue.updatedAt = this.now;
    return id;
  }

  label(name: string, color = 'ededed'): boolean {
    if (this.labels.has(name.toLowerCase())) return false;
    this.labels.set(name.toLowerCase(), { id: this.newId(), name, color });
    return true;
  }

  newId(): number {
    this.#ids += 1;
    return this.#ids;
  }
}
