/** The answer to one question, for an element: asked when what is asked changes, kept while it is asked again, and given up with the element. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AnswerTo, AskedOf, Failure } from '../worker/protocol.ts';
import type { QuestionName } from '../worker/questions/list.ts';
import type { YardOfPage } from '../yard/yard.ts';

type Ask = Pick<YardOfPage, 'ask'>;

export class Answer<N extends QuestionName> implements ReactiveController {
  /** undefined: none has come yet. */
  value: AnswerTo<N> | undefined;
  failure: Failure | null = null;
  isAsking = false;
  readonly #host: ReactiveControllerHost;
  readonly #name: N;
  #key = '';
  #about = '';
  #over = new AbortController();

  constructor(host: ReactiveControllerHost, name: N) {
    this.#host = host;
    this.#name = name;
    host.addController(this);
  }

  hostConnected(): void {
    this.#key = '';
  }

  hostDisconnected(): void {
    this.#over.abort();
  }

  /** `version` says when the same question may have another answer. The answer about something else is forgotten at once. */
  want(yard: Ask, asked: AskedOf<N>, version = ''): void {
    const about = JSON.stringify(asked);
    const key = `${about} ${version}`;
    if (key === this.#key) return;
    this.#key = key;
    if (about !== this.#about) this.value = undefined;
    this.#about = about;
    this.#over.abort();
    this.#over = new AbortController();
    this.isAsking = true;
    void this.#wait(yard.ask(this.#name, asked, this.#over.signal), this.#over.signal);
  }

  async #wait(answer: Promise<AnswerTo<N>>, signal: AbortSignal): Promise<void> {
    try {
      const value = await answer;
      if (signal.aborted) return;
      this.value = value;
      this.failure = null;
    } catch (error) {
      if (signal.aborted) return;
      this.failure = failureIn(error);
    }
    this.isAsking = false;
    this.#host.requestUpdate();
  }
}

function failureIn(error: unknown): Failure {
  const { failure } = error as { failure?: Failure };
  return (
    failure ?? { kind: 'invalid', reason: error instanceof Error ? error.message : 'something went wrong in the page' }
  );
}
