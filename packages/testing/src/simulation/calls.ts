/**
 * Everything that anybody asked the yard for, and what was answered. Each call has a name of its own, which rides in the
 * commit as its reason: so whoever reads the history can say which call had which effect, without trusting a word of the
 * code that is tried out.
 */
import type { InputOf, OperationName, ResultOf } from '@gityard/domain';
import type { StoreError } from '@gityard/store';
import type { Asker, Operation, Outcome, Yard } from '@gityard/yard';

export type Ending =
  | { readonly kind: 'done'; readonly commit: string | null }
  | { readonly kind: 'refused'; readonly code: string }
  /** For certain without an effect. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'unclear' }
  /** So the yard says of a request that bears a number; which of it was refused is not known any more. */
  | { readonly kind: 'applied-before' };

export interface Call {
  readonly id: string;
  readonly name: OperationName;
  readonly input: object;
  readonly by: string;
  /** Of those that were asked for together under one number. */
  readonly request?: string;
  /** Its commit says its id. */
  readonly isNamed: boolean;
  /** Undefined: under way, or whoever asked is dead. */
  ending?: Ending;
}

export class Calls {
  readonly all = new Map<string, Call>();
  /** Hears of every call as it ends. */
  onEnd: (call: Call) => void = () => undefined;
  readonly #isNamed: boolean;

  constructor({ isAnonymous = false }: { isAnonymous?: boolean | undefined } = {}) {
    this.#isNamed = !isAnonymous;
  }

  /** As `yard.perform`, and noted. */
  async perform<N extends OperationName>(yard: Yard, name: N, input: InputOf<N>): Promise<Outcome<ResultOf<N>>> {
    const isNamed = this.#isNamed;
    const call: Call = { id: `call-${this.all.size + 1}`, name, input, by: yard.actor, isNamed };
    this.all.set(call.id, call);
    try {
      const outcome = await (isNamed
        ? yard.perform(name, withReason(input, call.id), { reason: call.id })
        : yard.perform(name, input));
      this.#end(call, endingOf(outcome));
      return outcome;
    } catch (error) {
      this.#end(call, failureOf(error));
      throw error;
    }
  }

  /** The same yard, which notes whatever it is asked for. */
  noting(yard: Yard): Yard {
    const perform: Yard['perform'] = (name, input) => this.perform(yard, name, input);
    const performFor: Yard['performFor'] = (from, operations, options) =>
      this.#performFor((named) => yard.performFor(from, named, options), { from, operations });
    return Object.assign(Object.create(yard) as Yard, { perform, performFor });
  }

  /** What bears a number keeps its names, however often it is asked for. */
  async #performFor(
    ask: (named: readonly Operation[]) => ReturnType<Yard['performFor']>,
    { from, operations }: { from: Asker; operations: readonly Operation[] },
  ): ReturnType<Yard['performFor']> {
    const request = `${from.actor}.${from.boot}.${from.request}`;
    const calls = operations.map(({ name, input }, at): Call => {
      return { id: `${request}.${at}`, name, input, by: from.actor, isNamed: true, request };
    });
    for (const call of calls) this.all.set(call.id, call);
    try {
      const outcomes = await ask(operations.map((it, at) => ({ ...it, reason: calls[at]?.id })));
      for (const [at, call] of calls.entries()) this.#end(call, numberedEnding(outcomes, at));
      return outcomes;
    } catch (error) {
      // An earlier try may arrive yet, whatever became of this one.
      for (const call of calls) this.#end(call, { kind: 'unclear' });
      throw error;
    }
  }

  #end(call: Call, ending: Ending): void {
    call.ending = ending;
    this.onEnd(call);
  }
}

/** Operations that keep a reason of their own say that one. */
const withReason = <I extends object>(input: I, reason: string): I =>
  'reason' in input ? { ...input, reason } : input;

const endingOf = (outcome: Outcome<unknown>): Ending =>
  outcome.ok ? { kind: 'done', commit: outcome.commit } : { kind: 'refused', code: outcome.code };

function numberedEnding(outcomes: readonly Outcome<unknown>[] | 'applied-before', at: number): Ending {
  const outcome = outcomes === 'applied-before' ? undefined : outcomes[at];
  return outcome ? endingOf(outcome) : { kind: 'applied-before' };
}

/** Of the store, or what a relay's silence is to its members. */
export const isFailure = (error: unknown): error is Error & Pick<StoreError, 'code' | 'mayHaveLanded'> =>
  error instanceof Error && 'mayHaveLanded' in error;

function failureOf(error: unknown): Ending {
  if (!isFailure(error)) throw error;
  return error.mayHaveLanded ? { kind: 'unclear' } : { kind: 'failed', code: error.code };
}
