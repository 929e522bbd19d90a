/** What the monitor asks of the place where issues live. GitHub and Gitea are hosts, and so is a list in memory. */
import type { Time } from '@gityard/domain';
import type { Memory } from './marker.ts';

export interface Issue {
  readonly number: number;
  readonly open: boolean;
  readonly body: string;
  readonly labels: readonly string[];
  readonly closedAt: Time | null;
  readonly memory: Memory;
}

export interface Listing {
  /** Of the monitor: all open ones, and those closed ones that changed since. */
  readonly issues: readonly Issue[];
  /** The highest number that the listing saw, of whosever issue. */
  readonly newest: number;
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface IssueChange {
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  /** Why it is closed. */
  readonly reason?: 'completed' | 'duplicate';
}

export interface IssueHost {
  list(since: Time): Promise<Listing>;
  /** As it is at this moment; null: there is none, or it is not the monitor's. */
  find(number: number): Promise<Issue | null>;
  /** Makes those labels that are missing. */
  ensureLabels(labels: readonly string[]): Promise<void>;
  /** @returns its number */
  create(issue: NewIssue): Promise<number>;
  change(number: number, change: IssueChange): Promise<void>;
  addLabels(number: number, labels: readonly string[]): Promise<void>;
  comment(number: number, body: string): Promise<void>;
  /** When the monitor ran before this run; null: the host does not know. */
  lastRunAt(): Promise<Time | null>;
}
