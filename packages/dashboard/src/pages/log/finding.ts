/** What is looked for in a log: where it stands, and which of the finds one is at. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Finds } from '../../worker/questions/logs/log-text.ts';
import type { LogAsked } from '../../worker/questions/logs/open-log.ts';
import type { Ask } from './log-data.ts';

export class Finding implements ReactiveController {
  /** undefined: still being counted. */
  finds: Finds | undefined;
  /** Which of the lines, 0 = the first. */
  at = 0;
  words = '';
  readonly #host: ReactiveControllerHost;
  #key = '';
  #over = new AbortController();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#over.abort();
  }

  get line(): number | null {
    return this.finds?.lines[this.at] ?? null;
  }

  /** `version` says when the log has grown. `onFirst` is told where the first find is, once for each search. */
  want(ask: Ask, asked: { readonly log: LogAsked; readonly words: string }, { version, onFirst }: Wanted): void {
    const key = JSON.stringify([asked, version]);
    if (key === this.#key) return;
    this.#key = key;
    const isNew = asked.words !== this.words;
    this.words = asked.words;
    if (isNew) Object.assign(this, { finds: undefined, at: 0 });
    this.#over.abort();
    this.#over = new AbortController();
    if (asked.words === '') return;
    const { signal } = this.#over;
    void ask
      .ask('log-search', asked, signal)
      .then((finds) => {
        this.finds = finds;
        if (isNew && this.line !== null) onFirst(this.line);
        this.#host.requestUpdate();
      })
      // What went wrong with the log itself, the page says already.
      .catch(() => this.#host.requestUpdate());
  }

  /** To the next one, or back; round and round. */
  step(by: number): number | null {
    const count = this.finds?.lines.length ?? 0;
    if (count === 0) return null;
    this.at = (this.at + by + count) % count;
    return this.line;
  }

  /** `3 of 17 lines`. */
  get said(): string {
    if (this.words === '') return '';
    if (!this.finds) return 'Counting …';
    const { hits, lines } = this.finds;
    if (hits === 0) return 'Not found';
    const more = hits === lines.length ? '' : `, ${hits} finds`;
    return `${this.at + 1} of ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}${more}`;
  }
}

interface Wanted {
  readonly version: string;
  readonly onFirst: (line: number) => void;
}
