/** What became of commands that bore an `Idempotency-Key`: the same key again has the same answer, and nothing is done twice. */
import type { CommandOutcome } from './desks.ts';

const MOST_REMEMBERED = 1_000;

interface Remembered {
  readonly of: string;
  perform: () => Promise<CommandOutcome>;
  outcome: Promise<CommandOutcome> | undefined;
}

export interface Asked {
  readonly key: string;
  /** A digest of what is asked for, which may be large. */
  readonly of: string;
  /** Called for a key that is new. */
  prepare(): () => Promise<CommandOutcome>;
}

export class Receipts {
  readonly #known = new Map<string, Remembered>();

  /** undefined: the key was another command's. */
  take({ key, of, prepare }: Asked): Promise<CommandOutcome> | undefined {
    const known = this.#known.get(key) ?? { of, perform: prepare(), outcome: undefined };
    if (known.of !== of) return undefined;
    this.#known.set(key, known);
    const [oldest = ''] = this.#known.keys();
    if (this.#known.size > MOST_REMEMBERED) this.#known.delete(oldest);
    known.outcome ??= this.#perform(known);
    return known.outcome;
  }

  /** What failed may be tried again. */
  async #perform(command: Remembered): Promise<CommandOutcome> {
    let outcome: CommandOutcome | undefined;
    try {
      outcome = await command.perform();
      return outcome;
    } finally {
      if (outcome === undefined || outcome.state === 'failed') command.outcome = undefined;
      // What it was done with is of no use any more.
      else command.perform = isDone;
    }
  }
}

const isDone = (): Promise<never> => Promise.reject(new Error('this command was done'));
