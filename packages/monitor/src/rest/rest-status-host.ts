/** The statuses of commits on GitHub, GitHub Enterprise or Gitea, by their REST API. */
import type { HostedStatus, Source, StatusHost } from '../statuses/host.ts';
import type { Client } from './client.ts';
import { MonitorError } from './failures.ts';
import { sourceOf } from './source-of.ts';

/** As much of an answer as is read: Gitea calls the state of a single one its status. */
interface Row {
  readonly context: string;
  readonly state?: string;
  readonly status?: string;
  readonly description: string | null;
  readonly target_url: string | null;
}

export class RestStatusHost implements StatusHost {
  readonly #client: Client;
  readonly #apiUrl: string;

  constructor({ client, apiUrl }: { client: Client; apiUrl: string }) {
    this.#client = client;
    this.#apiUrl = apiUrl;
  }

  sourceOf(repository: string): Source | undefined {
    return sourceOf(repository, this.#apiUrl);
  }

  async read({ owner, repo }: Source, commit: string): Promise<readonly HostedStatus[] | null> {
    try {
      const { data } = await this.#client.request('GET /repos/{owner}/{repo}/commits/{ref}/status', {
        owner,
        repo,
        ref: commit,
      });
      return (data.statuses as readonly Row[]).map(hostedOf);
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  }

  async send({ owner, repo }: Source, commit: string, status: HostedStatus): Promise<boolean> {
    const { context, state, description, targetUrl } = status;
    try {
      await this.#client.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
        owner,
        repo,
        sha: commit,
        ...{ context, state, description },
        ...(targetUrl !== null && { target_url: targetUrl }),
      });
      return true;
    } catch (error) {
      if (isUnknown(error)) return false;
      throw error;
    }
  }
}

/** It was not pushed there, or the token may not see the repository: nothing that trying again would mend. */
const isUnknown = (error: unknown): boolean =>
  error instanceof MonitorError && (error.status === 404 || error.status === 422);

function hostedOf({ context, state, status, description, target_url: targetUrl }: Row): HostedStatus {
  const word = (state ?? status ?? 'error') as HostedStatus['state'];
  // Gitea says nothing by an empty text.
  return { context, state: word, description: description ?? '', targetUrl: targetUrl || null };
}
