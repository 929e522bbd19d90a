/**
 * Which faults a run has. Each kind is on or off by the throw of a coin, because faults hide each other: a remote that is
 * always away never loses a reply. Counts what it dealt out, so that a quiet run is not taken for a sound one.
 */
import type { Dice } from '@gityard/demo';

/** How likely each is, where it is on: for one request, or for one thing that somebody does. */
const RATES = {
  /** Turned away before anything was done. */
  errors: 0.03,
  /** Done, and the answer is lost. */
  'lost-replies': 0.05,
  /** Lost on the way there. */
  drops: 0.02,
  /** Seems lost, and is done minutes later. */
  zombies: 0.02,
  /** Done, and done again minutes later. */
  doubles: 0.02,
  slow: 0.03,
  /** Not a byte comes back, whatever was done. */
  silent: 0.005,
  /** Killed between two steps. */
  'crashes-at-steps': 0.004,
  /** Without a rate they come by the clock. */
  crashes: 0,
  pauses: 0,
  outages: 0,
  denials: 0,
  'branch-away': 0,
  skew: 0,
  drift: 0,
  jumps: 0,
  edits: 0,
  'broken-files': 0,
  /** No fault, but as hard to live with: the history is cut, and what is over goes into the archive. */
  compactions: 0,
  /** Agents ask one of their site to push for them, which may be gone. */
  relay: 0,
  /** Pushes are limited. */
  'scarce-pushes': 0,
} as const;

export type FaultKind = keyof typeof RATES;
export const FAULT_KINDS = Object.keys(RATES) as FaultKind[];

export class Swarm {
  readonly counts = new Map<FaultKind, number>();
  readonly #on: ReadonlySet<FaultKind>;
  readonly #dice: Dice;
  #isOver = false;

  constructor(on: readonly FaultKind[], dice: Dice) {
    this.#on = new Set(on);
    this.#dice = dice;
  }

  has(kind: FaultKind): boolean {
    return this.#on.has(kind) && !this.#isOver;
  }

  /** Whether it happens now. */
  strikes(kind: FaultKind): boolean {
    if (!this.has(kind) || !this.#dice.chance(RATES[kind])) return false;
    this.count(kind);
    return true;
  }

  count(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  /** From now on the world is kind. Clocks stay as they are. */
  end(): void {
    this.#isOver = true;
  }
}

export function swarmOf(dice: Dice): FaultKind[] {
  return FAULT_KINDS.filter(() => dice.chance(0.5));
}
