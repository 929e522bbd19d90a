/**
 * Operations that wait to be decided: lower priority number first, then in the order they came. Each can be answered
 * once, and leave before its turn. Knows nothing of commits.
 */
export interface Waiting<Operation, Answer> {
  readonly operation: Operation;
  readonly priority: number;
  /** The moment of its arrival; also its place among equals. */
  readonly arrivedAt: number;
  /** Moved on while it waits for a push that it may share. */
  deadlineMs: number;
  readonly signal: AbortSignal | undefined;
  /** Set after it shared a group that could not be composed: to find out whose fault it was. */
  alone: boolean;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export class WaitingLine<Operation, Answer> {
  #line: Waiting<Operation, Answer>[] = [];

  get length(): number {
    return this.#line.length;
  }

  /** Of the first in the line. */
  get priority(): number {
    return this.#line[0]?.priority ?? Number.POSITIVE_INFINITY;
  }

  add(...waiting: readonly Waiting<Operation, Answer>[]): void {
    this.#line.push(...waiting);
    this.#line.sort((a, b) => a.priority - b.priority || a.arrivedAt - b.arrivedAt);
  }

  /** The next ones, at most so many; one by itself when it has to be alone. */
  take(limit: number): Waiting<Operation, Answer>[] {
    if (limit <= 0) return [];
    if (this.#line[0]?.alone) return this.#line.splice(0, 1);

    const lone = this.#line.findIndex((it) => it.alone);
    return this.#line.splice(0, lone < 0 ? limit : Math.min(limit, lone));
  }

  /** False: its turn has come already. */
  remove(waiting: Waiting<Operation, Answer>): boolean {
    const index = this.#line.indexOf(waiting);
    if (index >= 0) this.#line.splice(index, 1);
    return index >= 0;
  }
}
