/** A digest of all that happened, in its order: two runs with the same one were the same run. */
import { createHash } from 'node:crypto';

export class Trace {
  readonly #hash = createHash('sha256');
  #listener: ((line: string) => void) | undefined;

  constructor(listener?: (line: string) => void) {
    this.#listener = listener;
  }

  add(atMs: number, text: string): void {
    const line = `${atMs.toFixed(3)} ${text}`;
    this.#hash.update(`${line}\n`);
    this.#listener?.(line);
  }

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}
