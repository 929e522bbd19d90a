/** What the loops of one simulated agent share. */
import type { Lease } from '@gityard/agent/lease';
import type { Job, YardConfig } from '@gityard/domain';
import type { Spool, Yard } from '@gityard/yard';
import type { Bell } from '../bell.ts';
import type { Life } from '../life.ts';
import type { World } from '../world.ts';

export interface Holding {
  readonly job: Job;
  readonly token: number;
  /** Since when we may hold it, on our own clock. */
  readonly sinceMs: number;
  readonly stop: AbortController;
}

export interface Agent {
  readonly world: World;
  readonly life: Life;
  readonly id: string;
  readonly boot: string;
  readonly yard: Yard;
  /** The heartbeat has connections of its own. */
  readonly heart: Yard;
  readonly lease: Lease;
  readonly bell: Bell;
  readonly spool: Spool;
  readonly held: Map<string, Holding>;
}

export const SLOTS = 2;

export const pollMs = (config: YardConfig): number => config.poll.seconds * 1000;
