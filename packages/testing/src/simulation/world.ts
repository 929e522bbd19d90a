/** What everybody in a simulation shares. Made once for each run by `simulate.ts`. */
import type { Sightings } from '@gityard/agent/sightings';
import type { Dice, Timeline } from '@gityard/demo';
import type { Transport } from '@gityard/store';
import type { Operations, Yard } from '@gityard/yard';
import type { Calls } from './calls.ts';
import type { Life } from './life.ts';
import type { Promises } from './promises.ts';
import type { PushWatch } from './push-watch.ts';
import type { Repository } from './repository.ts';
import type { Site } from './site.ts';
import type { Swarm } from './swarm.ts';
import type { Violations } from './violations.ts';
import type { Weather } from './weather.ts';

/** Who tells a silence. */
export type Observer = Pick<Sightings, 'observe' | 'overdue'>;

/** Where the code that is tried out may be exchanged for one with a planted bug. */
export interface Flaws {
  readonly transport?: (transport: Transport, life: Life) => Transport;
  readonly operations?: Operations;
  readonly observer?: (life: Life) => Observer;
  /** All people write under one name and one boot, and their calls do not name themselves. */
  readonly isAnonymous?: boolean;
  /** A disk that says that it synced. */
  readonly liesAboutSync?: boolean;
  /** What a spool is handed in to. */
  readonly replays?: (yard: Yard) => Yard;
  /** The heart of an agent has a push budget of its own. */
  readonly sharesNoBudget?: boolean;
  /** What is asked when a relay does not answer. */
  readonly fallsBackOn?: (yard: Yard) => Yard;
}

export interface World {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly repository: Repository;
  readonly swarm: Swarm;
  readonly weather: Weather;
  readonly site: Site;
  readonly pushes: PushWatch;
  readonly calls: Calls;
  readonly promises: Promises;
  readonly violations: Violations;
  readonly flaws: Flaws;
  /** How long builds take, on average. */
  readonly buildMs: number;
  /** No new wishes: what is there is brought to its end. */
  isClosing: boolean;
}
