/**
 * Everything that anybody asked the yard for, and what was answered. Each call has a name of its own, which rides in the
 * commit as its reason: so whoever reads the history can say which call had which effect, without trusting a word of the
 * code that is tried out.
 */
import type { InputOf, OperationName, ResultOf } from '@gityard/domain';
import { StoreError } from '@gityard/store';
import type { Outcome, Yard } from '@gityard/yard';

export type Ending =
  | { readonly kind: 'done'; readonly commit: string | null }
  | { readonly kind: 'refused'; readonly code: string }
  /** For certain without an effect. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'unclear' };

export interface Call {
  readonly id: string;
  readonly name: OperationName;
  readonly input: object;
  readonly by: string;
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
      this.#end(call, outcome.ok ? { kind: 'done', commit: outcome.commit } : { kind: 'refused', code: outcome.code });
      return outcome;
    } catch (error) {
      this.#end(call, endingOf(error));
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

function endingOf(error: unknown): Ending {
  if (!(error instanceof StoreError)) throw error;
  return error.mayHaveLanded ? { kind: 'unclear' } : { kind: 'failed', code: error.code };
}
