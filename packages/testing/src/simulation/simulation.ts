/** What a run is asked for, and what it tells. */
import type { FaultKind } from './swarm.ts';
import type { Violation } from './violations.ts';
import type { Flaws } from './world.ts';

export interface Simulation {
  readonly seed: number;
  readonly flaws?: Flaws;
  /** Instead of those that the seed would choose. */
  readonly faults?: readonly FaultKind[];
  readonly agents?: number;
  readonly minutes?: number;
  /** How many times as often as usual misfortune comes. */
  readonly roughness?: number;
  readonly onLine?: (line: string) => void;
}

export interface SimulationReport {
  readonly seed: number;
  readonly virtualMs: number;
  readonly commits: number;
  readonly operations: number;
  readonly acknowledged: number;
  readonly takeOvers: number;
  /** How often the history was cut. */
  readonly cuts: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly violations: readonly Violation[];
  /** Of all that happened. */
  readonly trace: string;
}
