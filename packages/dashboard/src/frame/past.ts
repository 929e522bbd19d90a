/**
 * The yard as it was at the commit in the address. The worker makes the snapshot of it out of the files of that commit, and
 * keeps it: a moment that is over never changes.
 */
import type { ReadModel } from '@gityard/domain';
import { NoAnswer } from '../yard/worker-client.ts';
import type { YardOfPage } from '../yard/yard.ts';

export type Past =
  | { readonly state: 'reading'; readonly commit: string }
  | { readonly state: 'shown'; readonly commit: string; readonly model: ReadModel }
  | { readonly state: 'failed'; readonly commit: string; readonly reason: string };

type Asks = Pick<YardOfPage, 'ask'>;

/** Follows the address; `onChange` is told whenever there is something else to show. */
export class PastOfPage {
  past: Past | undefined;
  readonly #yard: Asks;
  readonly #onChange: () => void;
  #over: AbortController | undefined;

  constructor(yard: Asks, onChange: () => void) {
    this.#yard = yard;
    this.#onChange = onChange;
  }

  /** undefined or '': now. */
  show(commit: string | undefined): void {
    if ((commit ?? '') === (this.past?.commit ?? '')) return;
    this.#over?.abort();
    this.past = commit ? { state: 'reading', commit } : undefined;
    this.#onChange();
    if (commit) void this.#read(commit);
  }

  async #read(commit: string): Promise<void> {
    this.#over = new AbortController();
    const { signal } = this.#over;
    try {
      const model = await this.#yard.ask('snapshot-at', { commit }, signal);
      if (!signal.aborted) this.past = { state: 'shown', commit, model };
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof NoAnswer ? error.failure.reason : 'it cannot be read';
      this.past = { state: 'failed', commit, reason };
    }
    this.#onChange();
  }
}
