/** The issues of a repository on GitHub, GitHub Enterprise or Gitea, by their REST API. */
import type { Time } from '@gityard/domain';
import type { Issue, IssueChange, IssueHost, Listing, NewIssue } from '../issues/host.ts';
import { memoryIn } from '../issues/marker.ts';
import type { Client } from './client.ts';
import type { Dialect } from './dialect.ts';
import { MonitorError } from './failures.ts';
import { isTrustedAuthor } from './trusted-author.ts';

export interface RestHostOptions {
  readonly client: Client;
  readonly owner: string;
  readonly repo: string;
  readonly dialect: Dialect;
  /** File name of the workflow that this run belongs to; null: it belongs to none. */
  readonly workflow: string | null;
}

/** As much of an answer as is read. */
interface Row {
  readonly number: number;
  readonly state: string;
  readonly body?: string | null;
  readonly labels: readonly (string | { readonly name?: string })[];
  readonly closed_at: string | null;
  readonly user: { readonly type?: string } | null;
  readonly author_association?: string;
  readonly pull_request?: unknown;
}

/** All of the monitor's issues have it, and only who may push can give it. */
const OWN_LABEL = 'automated';
const COLOURS: Readonly<Record<string, string>> = {
  automated: 'ededed',
  'health-alert': 'd93f0b',
  'build-failure': 'b60205',
  'priority-high': 'e99695',
};

const LOCKED = /issue is locked/i;

export class RestHost implements IssueHost {
  readonly #client: Client;
  readonly #place: { readonly owner: string; readonly repo: string };
  readonly #dialect: Dialect;
  readonly #workflow: string | null;
  /** Lower case name → id. */
  readonly #labels = new Map<string, number>();

  constructor({ client, owner, repo, dialect, workflow }: RestHostOptions) {
    this.#client = client;
    this.#place = { owner, repo };
    this.#dialect = dialect;
    this.#workflow = workflow;
  }

  /** The newest come first: whatever is opened after this has a number above all that was seen. */
  async list(since: Time): Promise<Listing> {
    const newest = await this.#page({ state: 'all', sort: 'created', direction: 'desc' });
    const open = await this.#all({ state: 'open', labels: OWN_LABEL });
    const closed = await this.#all({ state: 'closed', labels: OWN_LABEL, since });
    // Somebody may have taken the label off.
    const rows = new Map([...newest, ...open, ...closed].map((it) => [it.number, it]));
    return {
      issues: [...rows.values()].flatMap((it) => this.#own(it) ?? []).filter((it) => it.open || isSince(it, since)),
      newest: Math.max(0, ...rows.keys()),
    };
  }

  async find(number: number): Promise<Issue | null> {
    try {
      const { data } = await this.#client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
        ...this.#place,
        issue_number: number,
      });
      // One that was moved to another repository answers from there.
      return data.number === number ? (this.#own(data as Row) ?? null) : null;
    } catch (error) {
      // 410: somebody deleted it.
      if (error instanceof MonitorError && (error.status === 404 || error.status === 410)) return null;
      throw error;
    }
  }

  async ensureLabels(labels: readonly string[]): Promise<void> {
    await this.#readLabels();
    for (const name of labels) if (!this.#labels.has(name.toLowerCase())) await this.#makeLabel(name);
  }

  async create(issue: NewIssue): Promise<number> {
    const { title, body, labels, assignees } = issue;
    const sent = { ...this.#place, title, body, ...(assignees.length > 0 && { assignees: [...assignees] }) };
    try {
      const { data } = await this.#client.request('POST /repos/{owner}/{repo}/issues', {
        ...sent,
        labels: (await this.#named(labels)) as string[],
      });
      await this.#refuseWithoutLabel(data as Row);
      return data.number;
    } catch (error) {
      // Somebody left the team: the issue is worth more than its assignee.
      const isInvalid = error instanceof MonitorError && error.status === 422 && assignees.length > 0;
      if (!isInvalid) throw error;
      return this.create({ ...issue, assignees: [] });
    }
  }

  async change(number: number, { body, state, reason }: IssueChange): Promise<void> {
    await this.#client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...this.#place,
      issue_number: number,
      ...(body !== undefined && { body }),
      ...(state !== undefined && { state }),
      ...(reason !== undefined && this.#dialect.knowsReasons && { state_reason: reason }),
    });
  }

  async addLabels(number: number, labels: readonly string[]): Promise<void> {
    await this.ensureLabels(labels);
    await this.#client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
      ...this.#place,
      issue_number: number,
      labels: (await this.#named(labels)) as string[],
    });
  }

  async comment(number: number, body: string): Promise<void> {
    try {
      await this.#client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...this.#place,
        issue_number: number,
        body,
      });
    } catch (error) {
      // Whoever locked it wants no more words in it; whether it is open says enough.
      if (!(error instanceof MonitorError && error.status === 403 && LOCKED.test(error.message))) throw error;
    }
  }

  /** By the host's own record. Where the token may not read it nobody is the wiser, and nothing else is the worse. */
  async lastRunAt(): Promise<Time | null> {
    if (this.#workflow === null) return null;
    try {
      const { data } = await this.#client.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
        ...this.#place,
        workflow_id: this.#workflow,
        status: 'success',
        per_page: 1,
      });
      const [last] = data.workflow_runs;
      return last ? new Date(last.run_started_at ?? last.created_at).toISOString() : null;
    } catch (error) {
      if (error instanceof MonitorError && (error.status === 403 || error.status === 404)) return null;
      throw error;
    }
  }

  async #page(query: Record<string, string>): Promise<Row[]> {
    const { data } = await this.#client.request('GET /repos/{owner}/{repo}/issues', this.#asked(query));
    return data as Row[];
  }

  async #all(query: Record<string, string>): Promise<Row[]> {
    return (await this.#client.paginate('GET /repos/{owner}/{repo}/issues', this.#asked(query))) as Row[];
  }

  #asked(query: Record<string, string>) {
    return { ...this.#place, ...this.#dialect.pageSize, ...query };
  }

  #own(row: Row): Issue | undefined {
    const memory = memoryIn(row.body);
    const labels = namesOf(row.labels);
    // Who mends a thing may have copied its issue into the pull request, which is theirs to close.
    if (!memory || row.pull_request || !this.#isTrusted(row, labels)) return undefined;
    const closedAt = row.closed_at === null ? null : new Date(row.closed_at).toISOString();
    return { number: row.number, open: row.state === 'open', body: row.body ?? '', labels, closedAt, memory };
  }

  /** Anybody may open an issue that looks like ours, to keep the monitor from telling of something. */
  #isTrusted(row: Row, labels: readonly string[]): boolean {
    return this.#dialect.knowsAuthors ? isTrustedAuthor(row) : labels.some(isOwnLabel);
  }

  async #readLabels(): Promise<void> {
    if (this.#labels.size > 0) return;
    const rows = await this.#client.paginate('GET /repos/{owner}/{repo}/labels', this.#asked({}));
    for (const it of rows) this.#labels.set(it.name.toLowerCase(), Number(it.id));
  }

  async #makeLabel(name: string): Promise<void> {
    const color = this.#dialect.colour(COLOURS[name] ?? 'c5def5');
    try {
      const { data } = await this.#client.request('POST /repos/{owner}/{repo}/labels', { ...this.#place, name, color });
      this.#labels.set(name.toLowerCase(), Number(data.id));
    } catch (error) {
      // Somebody made it in between.
      if (!(error instanceof MonitorError && error.status === 422)) throw error;
      this.#labels.clear();
      await this.#readLabels();
    }
  }

  async #named(labels: readonly string[]): Promise<readonly (string | number)[]> {
    if (this.#dialect.labelsBy === 'name') return labels;
    await this.#readLabels();
    return labels.flatMap((it) => this.#labels.get(it.toLowerCase()) ?? []);
  }

  /** Hosts drop the labels of who may not push, without a word; then the monitor would not find its issues again. */
  async #refuseWithoutLabel({ number, labels }: Row): Promise<void> {
    if (namesOf(labels).some(isOwnLabel)) return;
    await this.change(number, { state: 'closed' });
    throw new MonitorError('DENIED', `the host dropped the labels of issue #${number}: its author may not set any`, {
      status: null,
      hint: 'give the monitor a token of somebody who may triage issues, or in a workflow: permissions: { issues: write }',
    });
  }
}

const namesOf = (labels: Row['labels']): string[] =>
  labels.map((it) => (typeof it === 'string' ? it : (it.name ?? '')));
/** Hosts take labels for equal that differ in their capitals. */
const isOwnLabel = (name: string): boolean => name.toLowerCase() === OWN_LABEL;
const isSince = ({ closedAt }: Issue, since: Time): boolean => closedAt !== null && closedAt >= since;
