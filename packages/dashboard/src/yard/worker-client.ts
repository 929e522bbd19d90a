/** The page's side of the line to its worker. */
import type { Port } from '../worker/port.ts';
import type { Failure, FromPage, FromWorker, Told } from '../worker/protocol.ts';
import type { Answers, Asked, QuestionName } from '../worker/questions/list.ts';

/** The worker could not answer; `failure` says why, for people. */
export class NoAnswer extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

export interface WorkerClient {
  /** Rejects with NoAnswer; with the signal's reason when the page stops waiting. */
  ask<N extends QuestionName>(name: N, asked: Asked[N], signal?: AbortSignal): Promise<Answers[N]>;
  tell(message: Extract<FromPage, { kind: 'look' | 'token' | 'history-seen' }>): void;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export function workerClient(port: Port<FromWorker, FromPage>, onTold: (told: Told) => void): WorkerClient {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  port.listen((message) => {
    if (message.kind === 'snapshot' || message.kind === 'connection') return onTold(message);
    const asked = waiting.get(message.number);
    waiting.delete(message.number);
    if (message.kind === 'answer') asked?.resolve(message.answer as never);
    else asked?.reject(new NoAnswer(message.failure));
  });
  return {
    tell: (message) => port.post(message),
    ask: (name, asked, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const number = ++last;
        waiting.set(number, { resolve, reject });
        signal?.addEventListener('abort', () => {
          if (!waiting.delete(number)) return;
          port.post({ kind: 'never-mind', number });
          reject(signal.reason);
        });
        port.post({ kind: 'ask', number, name, asked });
      }),
  };
}
