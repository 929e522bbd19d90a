/** The one thing that goes wrong in a run: the process is killed at a step, a write fails, or a request does. */
import { Dice } from '../simulation/dice.ts';
import type { DiskTrouble } from '../simulation/disk.ts';
import { type FaultKind, Swarm } from '../simulation/swarm.ts';

export type Mishap =
  | { readonly kind: 'none' }
  | { readonly kind: 'kill'; readonly at: number }
  | { readonly kind: DiskTrouble; readonly at: number }
  | { readonly kind: 'errors' | 'lost-replies' | 'drops'; readonly at: number };

/** Strikes the one time that it is told to. */
export class OneFault extends Swarm {
  readonly #mishap: Mishap;
  #asked = 0;

  constructor(mishap: Mishap) {
    super([], new Dice('none'));
    this.#mishap = mishap;
  }

  /** How often it could have struck. */
  get asked(): number {
    return this.#asked;
  }

  override strikes(kind: FaultKind): boolean {
    if (kind !== this.#mishap.kind) return false;
    return this.#asked++ === this.#mishap.at;
  }
}
