/** A host of issues in memory, with what the real ones do to a monitor: listings that lag, people who write, others in between. */
import type { Time } from '@gityard/domain';
import type { Issue, IssueChange, IssueHost, Listing, NewIssue } from '../issues/host.ts';
import { memoryIn } from '../issues/marker.ts';

export interface StoredIssue {
  readonly number: number;
  title: string;
  body: string;
  open: boolean;
  reason: string | null;
  labels: string[];
  readonly createdAt: Time;
  closedAt: Time | null;
  updatedAt: Time;
  readonly comments: string[];
  /** Every moment at which it was opened and closed. */
  readonly turns: { readonly at: Time; readonly open: boolean }[];
}

export class MemoryHost implements IssueHost {
  readonly issues: StoredIssue[] = [];
  readonly labels = new Set<string>();
  now: Time;
  ranAt: Time | null = null;
  /** Listings know no issue above it. */
  listedUpTo = Number.POSITIVE_INFINITY;
  /** What was asked of it that changes something. */
  writes = 0;

  constructor(now: Time) {
    this.now = now;
  }

  async list(since: Time): Promise<Listing> {
    await tick();
    const seen = this.issues.filter((it) => it.number <= this.listedUpTo);
    const issues = seen.filter((it) => it.open || it.updatedAt >= since).flatMap((it) => this.#own(it) ?? []);
    return { issues, newest: seen.at(-1)?.number ?? 0 };
  }

  async find(number: number): Promise<Issue | null> {
    await tick();
    const found = this.issues[number - 1];
    return (found && this.#own(found)) ?? null;
  }

  async ensureLabels(labels: readonly string[]): Promise<void> {
    await tick();
    for (const it of labels) this.labels.add(it);
  }

  async create({ title, body, labels }: NewIssue): Promise<number> {
    await tick();
    this.writes += 1;
    const number = this.issues.length + 1;
    const { now } = this;
    const turns = [{ at: now, open: true }];
    const made = { number, title, body, open: true, reason: null, labels: [...labels], createdAt: now };
    this.issues.push({ ...made, closedAt: null, updatedAt: now, comments: [], turns });
    return number;
  }

  async change(number: number, { body, state, reason }: IssueChange): Promise<void> {
    await tick();
    this.writes += 1;
    const issue = this.#at(number);
    issue.body = body ?? issue.body;
    issue.updatedAt = this.now;
    if (state === undefined || (state === 'open') === issue.open) return;
    issue.open = state === 'open';
    issue.reason = issue.open ? null : (reason ?? null);
    issue.closedAt = issue.open ? null : this.now;
    issue.turns.push({ at: this.now, open: issue.open });
  }

  async addLabels(number: number, labels: readonly string[]): Promise<void> {
    await tick();
    this.writes += 1;
    this.#at(number).labels.push(...labels);
  }

  async comment(number: number, body: string): Promise<void> {
    await tick();
    this.writes += 1;
    this.#at(number).comments.push(body);
  }

  lastRunAt(): Promise<Time | null> {
    return Promise.resolve(this.ranAt);
  }

  #at(number: number): StoredIssue {
    const issue = this.issues[number - 1];
    if (!issue) throw new Error(`no issue ${number}`);
    return issue;
  }

  #own({ number, open, body, labels, closedAt }: StoredIssue): Issue | undefined {
    const memory = memoryIn(body);
    return memory && { number, open, body, labels: [...labels], closedAt, memory };
  }
}

/** Whoever else runs, runs in between. */
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
