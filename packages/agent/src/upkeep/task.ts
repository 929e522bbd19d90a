/**
 * One task of the upkeep: what a yard needs done now and then, by one of its agents. It may be done twice, or by two at once,
 * without harm: who does it is agreed by looking at the heartbeats, and two may look at different ones.
 */
import type { State } from '@gityard/domain';
import type { AgentContext } from '../context.ts';

export interface UpkeepTask {
  /** Its key in `upkeep` of yard.json. */
  readonly name: string;
  /** A cron expression in UTC, unless yard.json has another; "off" = only where yard.json asks for it. */
  readonly schedule: string;
  /** How well an agent can do it that allows these repositories. Left to those that can best; without it all are alike. */
  readonly fitness?: (state: State, allowed: readonly string[]) => number;
  /** Only for agents that can: those whose heartbeats name it among their channels. */
  readonly channel?: string;
  /** What each agent has to do for itself, as it is about its own disk. */
  readonly perMachine?: boolean;
  /** Answers what was done, in words; null when there was nothing to do. Throws what kept it from being done. */
  readonly run: (context: AgentContext, signal: AbortSignal) => Promise<string | null>;
}
