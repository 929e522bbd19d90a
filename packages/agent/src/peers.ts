/**
 * Who else may be about to do the same thing, and how long to let them go first. Waiting lines replace collisions: a claim
 * that is pushed for nothing costs the one who wins as well.
 */
import {
  type Agent,
  agentHealth,
  freeSlots,
  type Job,
  modeOf,
  newerSchema,
  pickJob,
  preferenceRank,
  rendezvousRank,
  type State,
  type Time,
  whyIdle,
} from '@gityard/domain';
import type { AgentContext } from './context.ts';
import { pause } from './pause.ts';

/**
 * Daemons that give signs of life. One that said farewell does nothing any more, and a script that beats for a server never
 * does. Clocks may differ, so this decides who goes first and nothing else.
 */
export function livePeers(state: State, now: Time): Agent[] {
  return [...state.agents].filter((agent) => {
    const heartbeat = state.heartbeats.get(agent.id);
    if (modeOf(agent, now) === 'maintenance' || !heartbeat || heartbeat.stopped || heartbeat.pid === 0) return false;
    return agentHealth(heartbeat, now, state.yard) === 'fresh';
  });
}

/** Those who would claim this very job if they looked now. */
export function rivals(state: State, jobId: string, now: Time): Agent[] {
  return livePeers(state, now)
    .filter((agent) => whyIdle(state, agent, now) === undefined && freeSlots(state, agent) > 0)
    .filter((agent) => pickJob(state, agent, now)?.id === jobId);
}

/** How long to let those rivals go first that should rather have the job. */
export function claimTurnMs({ yard, self, roundTrip }: AgentContext, job: Job): number {
  const { state } = yard;
  const own = state.agents.get(self.id);
  if (!own) return 0;
  return waitFor(preferenceRank(state, job, rivals(state, job.id, yard.now()), own), roundTrip.ms);
}

/** Whether we are the one of these who does a thing that one alone should do. Nobody does anything in a yard of a newer program. */
export function isElected(
  { yard, self }: Pick<AgentContext, 'yard' | 'self'>,
  subject: string,
  able: readonly Agent[],
): boolean {
  const ids = able.map((it) => it.id);
  return newerSchema(yard.state) === null && rendezvousRank(subject, ids, self.id) === 0;
}

/** Lets those go first who come before us for this very thing. */
export function ourTurn({ yard, self, roundTrip }: AgentContext, subject: string, signal: AbortSignal): Promise<void> {
  const others = livePeers(yard.state, yard.now()).map((it) => it.id);
  return pause(turnMs(subject, { self: self.id, others, roundTripMs: roundTrip.ms }), signal);
}

const TURN_ROUND_TRIPS = 1.5;
const LONGEST_TURN_MS = 5_000;

export function turnMs(subject: string, { self, others, roundTripMs }: Turn): number {
  return waitFor(rendezvousRank(subject, [...others], self), roundTripMs);
}

const waitFor = (rank: number, roundTripMs: number): number =>
  Math.min(LONGEST_TURN_MS, rank * TURN_ROUND_TRIPS * roundTripMs);

interface Turn {
  readonly self: string;
  readonly others: readonly string[];
  readonly roundTripMs: number;
}
