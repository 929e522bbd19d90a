/**
 * Who else may be about to do the same thing, and how long to let them go first. Waiting lines replace collisions: a claim
 * that is pushed for nothing costs the one who wins as well.
 */
import { type Agent, agentHealth, freeSlots, pickJob, rendezvousRank, type State, type Time } from '@gityard/domain';
import type { AgentContext } from './context.ts';
import { pause } from './pause.ts';

/**
 * Daemons that give signs of life. One that said farewell does nothing any more, and a script that beats for a server never
 * does. Clocks may differ, so this decides who goes first and nothing else.
 */
export function livePeers(state: State, now: Time): Agent[] {
  return [...state.agents].filter(({ id, mode }) => {
    const heartbeat = state.heartbeats.get(id);
    if (mode === 'maintenance' || !heartbeat || heartbeat.stopped || heartbeat.pid === 0) return false;
    return agentHealth(heartbeat, now, state.yard) === 'fresh';
  });
}

/** Those who would claim this very job if they looked now. */
export function rivals(state: State, jobId: string, now: Time): string[] {
  return livePeers(state, now)
    .filter((agent) => agent.mode === 'active' && freeSlots(state, agent) > 0)
    .filter((agent) => pickJob(state, agent, now)?.id === jobId)
    .map((agent) => agent.id);
}

/** Lets those go first who come before us for this very thing. */
export function ourTurn({ yard, self, roundTrip }: AgentContext, subject: string, signal: AbortSignal): Promise<void> {
  const others = livePeers(yard.state, yard.now()).map((it) => it.id);
  return pause(turnMs(subject, { self: self.id, others, roundTripMs: roundTrip.ms }), signal);
}

const TURN_ROUND_TRIPS = 1.5;
const LONGEST_TURN_MS = 5_000;

export function turnMs(subject: string, { self, others, roundTripMs, loadOf = () => 0 }: Turn): number {
  const own = loadOf(self);
  const freer = others.filter((it) => it !== self && loadOf(it) < own).length;
  const equals = others.filter((it) => it === self || loadOf(it) === own);
  const rank = freer + rendezvousRank(subject, equals, self);
  return Math.min(LONGEST_TURN_MS, rank * TURN_ROUND_TRIPS * roundTripMs);
}

interface Turn {
  readonly self: string;
  readonly others: readonly string[];
  readonly roundTripMs: number;
  /** The freest goes first; those who are alike line up by chance. */
  readonly loadOf?: (agentId: string) => number;
}
