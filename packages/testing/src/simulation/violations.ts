/** What was found to be wrong, in the order it was found. */
export interface Violation {
  readonly rule: string;
  readonly text: string;
  readonly atMs: number;
}

export class Violations {
  readonly list: Violation[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(rule: string, text: string): void {
    this.list.push({ rule, text, atMs: Math.round(this.#now()) });
  }
}
