/**
 * A question that an element has asked the worker, and what became of it. It is asked once for each `key`; what was known
 * stays on the page until the new answer is there, and when none comes.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AnswerTo, AskedOf, Failure } from '../worker/protocol.ts';
import type { QuestionName } from '../worker/questions/list.ts';
import type { YardOfPage } from '../yard/yard.ts';

export class Asking<N extends QuestionName> implements ReactiveController {
  answer: AnswerTo<N> | undefined;
  failure: Failure | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #name: N;
  #key: string | undefined;
  #over = new AbortController();

  constructor(host: ReactiveControllerHost, name: N) {
    this.#host = host;
    this.#name = name;
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
    { key, asked, forget }: { key: string; asked: AskedOf<N>; forget: boolean },
  ): void {
    if (key === this.#key) return;
    this.#key = key;
    this.#over.abort();
    this.#over = new AbortController();
    if (forget) this.answer = undefined;
    void this.#ask(yard, asked, this.#over.signal);
  }

  async #ask(yard: Pick<YardOfPage, 'ask'>, asked: AskedOf<N>, signal: AbortSignal): Promise<void> {
    try {
      this.answer = await yard.ask(this.#name, asked, signal);
      this.failure = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.failure = (error as { failure?: Failure }).failure ?? { kind: 'invalid', reason: 'it could not be read' };
    }
    this.#host.requestUpdate();
  }
}
