/**
 * A question that an element has asked the worker, and what became of it. It is asked once for each `key`, and again where
 * what was in the way may have passed; what was known stays on the page until the new answer is there, and when none comes.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Failure } from '../worker/protocol.ts';
import type { Answers, Asked, QuestionName } from '../worker/questions/list.ts';
import type { YardOfPage } from '../yard/yard.ts';

/** What is not there, or not to be read, will not be there in a moment either. */
const PASSING: readonly Failure['kind'][] = ['rate-limited', 'offline', 'unavailable'];
const AGAIN_AFTER_MS = 30_000;
/** Each time it is left alone twice as long, so often. */
const MOST_DOUBLED = 5;

export class Asking<N extends QuestionName> implements ReactiveController {
  answer: Answers[N] | undefined;
  failure: Failure | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #name: N;
  #key: string | undefined;
  #over = new AbortController();
  readonly #now: () => number;
  /** null: one answer is enough, or on its way. */
  #againAt: number | null = null;
  #failures = 0;

  constructor(host: ReactiveControllerHost, name: N, now: () => number = Date.now) {
    this.#host = host;
    this.#name = name;
    this.#now = now;
    host.addController(this);
  }

  get isWaiting(): boolean {
    return this.#key !== undefined && this.answer === undefined && this.failure === undefined;
  }

  hostDisconnected(): void {
    this.#over.abort();
    this.#key = undefined;
  }

  /** `forget`: the answer so far is about something else. */
  about(
    yard: Pick<YardOfPage, 'ask'>,
    { key, asked, forget }: { key: string; asked: Asked[N]; forget: boolean },
  ): void {
    if (key === this.#key && !this.#isDueAgain()) return;
    if (key !== this.#key) this.#failures = 0;
    this.#key = key;
    this.#againAt = null;
    this.#over.abort();
    this.#over = new AbortController();
    if (forget) this.answer = undefined;
    void this.#ask(yard, asked, this.#over.signal);
  }

  /** Nothing is asked again in a tab that nobody sees. */
  #isDueAgain(): boolean {
    const isSeen = globalThis.document?.visibilityState !== 'hidden';
    return isSeen && this.#againAt !== null && this.#now() >= this.#againAt;
  }

  async #ask(yard: Pick<YardOfPage, 'ask'>, asked: Asked[N], signal: AbortSignal): Promise<void> {
    try {
      this.answer = await yard.ask(this.#name, asked, signal);
      this.failure = undefined;
    } catch (error) {
      if (signal.aborted) return;
      const failure = (error as { failure?: Failure }).failure ?? { kind: 'invalid', reason: 'it could not be read' };
      this.failure = failure;
      const waitMs = AGAIN_AFTER_MS * 2 ** Math.min(this.#failures++, MOST_DOUBLED);
      if (PASSING.includes(failure.kind)) this.#againAt = Math.max(failure.until ?? 0, this.#now() + waitMs);
    }
    this.#host.requestUpdate();
  }
}
