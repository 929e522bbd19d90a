/** Comments of issues and pull requests on GitHub, GitHub Enterprise or Gitea, by their REST API. */
import type { CommentHost, Reaction } from '../chat-ops/host.ts';
import type { IssueHost } from '../issues/host.ts';
import type { Client } from './client.ts';
import type { Dialect } from './dialect.ts';
import { MonitorError } from './failures.ts';
import { isTrustedAuthor } from './trusted-author.ts';

export interface RestCommentHostOptions {
  readonly client: Client;
  readonly owner: string;
  readonly repo: string;
  readonly dialect: Dialect;
  readonly issues: Pick<IssueHost, 'find' | 'comment'>;
}

interface Row {
  readonly body?: string | null;
  readonly user: { readonly type?: string } | null;
  readonly author_association?: string;
}

/** Who may push, in the words of GitHub and of Gitea. */
const PUSHES = new Set(['owner', 'admin', 'maintain', 'write']);

export class RestCommentHost implements CommentHost {
  readonly #options: RestCommentHostOptions;

  constructor(options: RestCommentHostOptions) {
    this.#options = options;
  }

  async isOwn(issue: number): Promise<boolean> {
    return (await this.#options.issues.find(issue)) !== null;
  }

  async mayPush(login: string): Promise<boolean> {
    try {
      const { data } = await this.#options.client.request(
        'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
        { ...this.#place, username: login },
      );
      return PUSHES.has(data.permission);
    } catch (error) {
      if (error instanceof MonitorError && error.status === 404) return false;
      throw error;
    }
  }

  async react(comment: number, reaction: Reaction): Promise<boolean> {
    const { status } = await this.#options.client.request(
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
      { ...this.#place, comment_id: comment, content: reaction },
    );
    return (status as number) === 201;
  }

  async answersSince(issue: number, since: string): Promise<readonly string[]> {
    const rows = (await this.#options.client.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...this.#place,
      ...this.#options.dialect.pageSize,
      issue_number: issue,
      since,
    })) as Row[];
    const { knowsAuthors } = this.#options.dialect;
    return rows.flatMap((it) => (it.body && (!knowsAuthors || isTrustedAuthor(it)) ? [it.body] : []));
  }

  comment(issue: number, body: string): Promise<void> {
    return this.#options.issues.comment(issue, body);
  }

  get #place(): { owner: string; repo: string } {
    const { owner, repo } = this.#options;
    return { owner, repo };
  }
}
