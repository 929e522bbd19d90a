/**
 * Operations that share one commit, from their turn until each is answered. Remembers every attempt whose outcome
 * nobody knows, because it may land long after we gave it up. Sends and decides nothing.
 */
import type { Attempt } from './attempt.ts';
import { RIDES } from './budget/turn.ts';
import type { Oid } from './codec/oid.ts';
import { asMaybeLanded, StoreError } from './errors.ts';
import type { Waiting } from './waiting-line.ts';

export interface Committed<Answer> {
  readonly answer: Answer;
  /** null: there was nothing to commit. */
  readonly commit: Oid | null;
}

export type Member<Operation, Answer> = Waiting<Operation, Committed<Answer>>;

/** An attempt that became a commit, maybe under another name. */
export interface Landed<Operation, Answer> {
  readonly decided: Decided<Operation, Answer>;
  readonly commit: Oid;
}

/** An attempt, and what it answers to whom. */
export interface Decided<Operation, Answer> {
  readonly attempt: Attempt;
  readonly members: readonly Member<Operation, Answer>[];
  readonly answers: readonly Answer[];
}

export class Group<Operation, Answer> {
  readonly #ref: string;
  #members: Member<Operation, Answer>[];
  #decided: Decided<Operation, Answer> | undefined;
  readonly #unclear = new Map<Oid, Decided<Operation, Answer>>();
  #landed: Landed<Operation, Answer> | undefined;
  losses = 0;
  /** Losses after which the head was still the same: somebody holds a lock on the server. */
  stuck = 0;
  /** Losses after which somebody else's commit was the head. */
  moved = 0;
  unclear = 0;

  constructor(ref: string, members: readonly Member<Operation, Answer>[]) {
    this.#ref = ref;
    this.#members = [...members];
  }

  get members(): readonly Member<Operation, Answer>[] {
    return this.#members;
  }

  get landed(): Landed<Operation, Answer> | undefined {
    return this.#landed;
  }

  get deadlineMs(): number {
    return Math.max(...this.#members.map((it) => it.deadlineMs));
  }

  /** Of the most urgent member. */
  get priority(): number {
    return Math.min(...this.#members.map((it) => it.priority));
  }

  /** Waiting for a push that may be made is nobody's fault, and costs no one their time. */
  waited(ms: number): void {
    for (const member of this.#members) member.deadlineMs += ms;
  }

  /** Who only rides along does not try again. */
  dropRiders(): void {
    const riders = this.#members.filter((it) => it.priority === RIDES);
    for (const rider of riders) rider.reject(leftBehind(this.#ref));
    this.#members = this.#members.filter((it) => !riders.includes(it));
  }

  join(members: readonly Member<Operation, Answer>[]): void {
    this.#members.push(...members);
  }

  /** On the same head the same commit is sent again: whichever copy arrives, it counts once. */
  decidedOn(head: Oid): Decided<Operation, Answer> | undefined {
    return this.#decided?.attempt.base === head ? this.#decided : undefined;
  }

  decided(decided: Decided<Operation, Answer>): void {
    this.#decided = decided;
  }

  isUnclear(decided: Decided<Operation, Answer>): void {
    this.unclear += 1;
    this.#unclear.set(decided.attempt.snapshot.commit, decided);
  }

  /** Looks for what may have landed. */
  saw(nameOf: (attempt: Attempt) => Oid | undefined): void {
    for (const decided of this.#unclear.values()) {
      const commit = nameOf(decided.attempt);
      if (commit !== undefined) this.#landed = { decided, commit };
    }
  }

  answer({ members, answers }: Omit<Decided<Operation, Answer>, 'attempt'>, commit: Oid | null): void {
    members.forEach((member, index) => {
      member.resolve({ answer: answers[index] as Answer, commit });
    });
    this.#members = this.#members.filter((it) => !members.includes(it));
    this.#landed = undefined;
    this.#decided = undefined;
  }

  fail(error: unknown): void {
    for (const member of this.#members) member.reject(this.#mayHaveLanded(member) ? asMaybeLanded(error) : error);
    this.#members = [];
  }

  /** For those who shall be decided by themselves, or never. */
  giveUp(): readonly Member<Operation, Answer>[] {
    const members = this.#members;
    this.#members = [];
    return members;
  }

  /** Lets those go whose time is over, or who were told to stop. */
  dismiss(nowMs: number): void {
    const leaving = this.#members.filter((it) => it.deadlineMs <= nowMs || it.signal?.aborted);
    for (const member of leaving) member.reject(this.#reasonToLeave(member));
    this.#members = this.#members.filter((it) => !leaving.includes(it));
    // What they wanted must not be sent any more, unless it is out already: then only the same commit is safe to send.
    if (leaving.length > 0 && !this.#isOut(this.#decided)) this.#decided = undefined;
  }

  #isOut(decided: Decided<Operation, Answer> | undefined): boolean {
    return decided !== undefined && this.#unclear.has(decided.attempt.snapshot.commit);
  }

  #reasonToLeave(member: Member<Operation, Answer>): unknown {
    const maybe = this.#mayHaveLanded(member);
    if (member.signal?.aborted && !maybe) return member.signal.reason;
    const error = this.overdue();
    return maybe ? asMaybeLanded(error) : error;
  }

  #mayHaveLanded(member: Member<Operation, Answer>): boolean {
    return [...this.#unclear.values()].some(({ attempt, members }) => {
      // Once the head has moved on without it, an attempt can never land: the server would not accept its base.
      return members.includes(member) && attempt.base === this.#decided?.attempt.base;
    });
  }

  /** Why there was not time enough: rivals, a lock that stays, or a remote that does not answer. */
  overdue(): StoreError {
    const { moved } = this;
    if (this.stuck > 0 && moved === 0) {
      return new StoreError('CONFLICT', `the server would not move ${this.#ref} although nobody else did`, {
        hint: `look for a stale ${this.#ref}.lock in the repository on the server`,
      });
    }
    if (moved > 0) {
      const message = `the head of ${this.#ref} moved ${moved} times while this was decided`;
      return new StoreError('CONFLICT', message, { hint: 'try again when fewer write at the same time' });
    }
    return new StoreError('TIMEOUT', `${this.#ref} could not be written in time`, {
      hint: 'check the connection to the repository, then try again',
    });
  }
}

function leftBehind(ref: string): StoreError {
  return new StoreError('CONFLICT', `${ref} moved, and what was to ride along with a push stayed behind`, {
    hint: 'offer it again with the next push',
  });
}
