/** A source without a network that counts as GitHub does: so many an hour for all behind one address, each look charged. */
import type { ReadModel } from '@gityard/domain';
import type { Source } from '../worker/sources/source.ts';
import { SourceFailure } from '../worker/sources/source.ts';

const HOUR_MS = 3_600_000;

export class CountingHost {
  readonly asked: number[] = [];
  model: ReadModel;
  #window = { resetsAt: 0, used: 0 };
  readonly #now: () => number;
  readonly #limit: number;

  constructor({ now, limit, model }: { now: () => number; limit: number; model: ReadModel }) {
    this.#now = now;
    this.#limit = limit;
    this.model = model;
  }

  source(): Source {
    const no = async () => {
      throw new Error('nobody asks that here');
    };
    return {
      kind: 'github',
      address: 'acme/yard',
      isLocal: false,
      commands: () => 'no',
      look: async () => {
        this.asked.push(this.#now());
        if (this.#now() >= this.#window.resetsAt) this.#window = { resetsAt: this.#now() + HOUR_MS, used: 0 };
        const { resetsAt } = this.#window;
        if (this.#window.used >= this.#limit)
          throw new SourceFailure({ kind: 'rate-limited', reason: 'no more', until: resetsAt });
        this.#window.used++;
        const budget = { limit: this.#limit, left: this.#limit - this.#window.used, resetsAt };
        return { kind: 'snapshot', model: this.model, tag: null, budget };
      },
      file: no,
      blob: no,
      tree: no,
      commits: no,
      send: no,
      linkFor: () => null,
      linkTo: () => null,
      useToken: () => undefined,
    };
  }
}
