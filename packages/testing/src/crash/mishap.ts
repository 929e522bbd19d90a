/** The one thing that goes wrong in a run: the process is killed at a step, a write fails, or a request does. */
import { Dice } from '@gityard/demo';
import type { DiskTrouble } from '../simulation/disk.ts';
import { type FaultKind, Swarm } from '../simulation/swarm.ts';

export type Mishap =
  | { readonly kind: 'none' }
  | { readonly kind: 'kill'; readonly at: number }
  | { readonly kind: DiskTrouble; readonly at: number }
  | { readonly kind: 'errors' | 'lost-replies' | 'drops'; readonly at: number };

/** Strikes the one time that it is told to. */
export class OneFault extends Swarm {
  /** How often each kind could have struck. */
  readonly chances = new Map<FaultKind, number>();
  readonly #mishap: Mishap;

  constructor(mishap: Mishap) {
    super([], new Dice('none'));
    this.#mishap = mishap;
  }

  override strikes(kind: FaultKind): boolean {
    const at = this.chances.get(kind) ?? 0;
    this.chances.set(kind, at + 1);
    return kind === this.#mishap.kind && at === this.#mishap.at;
  }
}
