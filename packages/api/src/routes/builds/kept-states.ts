/**
 * The states that lists are being paged through, each by its commit: whoever asks for the next page sees the same list, while
 * somebody else changes it. The oldest makes room; whose it was goes on in the list as it is then.
 */
import type { SeenYard } from '../../options.ts';

const MOST_KEPT = 32;

export class KeptStates {
  readonly #kept = new Map<string, SeenYard>();

  keep(seen: SeenYard): void {
    this.#kept.delete(seen.head);
    this.#kept.set(seen.head, seen);
    const [oldest = ''] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
  }

  at(head: string): SeenYard | undefined {
    return this.#kept.get(head);
  }
}
