/**
 * Where nothing is to be claimed for now. A pause with an end is over when its time has come: nobody has to lift it, so that it
 * ends also where no daemon runs.
 */
import type { Agent } from '../entities/agent.ts';
import type { Pause } from '../entities/pause.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { isBefore, type Time } from '../time.ts';

export const inForce = (pause: Pause | null | undefined, now: Time): pause is Pause =>
  pause !== null && pause !== undefined && (pause.until === null || isBefore(now, pause.until));

/** As the agent stands now: a drain or a maintenance may have its end set. */
export const modeOf = ({ mode, modeUntil }: Agent, now: Time): Agent['mode'] =>
  modeUntil !== null && !isBefore(now, modeUntil) ? 'active' : mode;

/** No pool: the whole fleet. */
export type QueuePause = Pause & { readonly pool: string | null };

type Paused = { readonly yard: Pick<YardConfig, 'paused'> };

export function queuePauses({ yard: { paused } }: Paused, now: Time): readonly QueuePause[] {
  const { fleet, pools } = paused;
  const ofPools = Object.keys(pools)
    .sort()
    .map((pool) => ({ pool, pause: pools[pool] }));
  return [{ pool: null, pause: fleet }, ...ofPools].flatMap(({ pool, pause }) =>
    inForce(pause, now) ? [{ ...pause, pool }] : [],
  );
}

/** What keeps all of its pool, or of the fleet, from claiming. */
export function queuePauseOf({ yard: { paused } }: Paused, agent: Agent, now: Time): QueuePause | undefined {
  if (inForce(paused.fleet, now)) return { ...paused.fleet, pool: null };
  // A pool may be called like something that every object has.
  const ofPool = Object.hasOwn(paused.pools, agent.pool) ? paused.pools[agent.pool] : undefined;
  return inForce(ofPool, now) ? { ...ofPool, pool: agent.pool } : undefined;
}

/** Why an agent may claim nothing now by somebody's word; undefined when it may. */
export function whyIdle(state: Paused, agent: Agent, now: Time): string | undefined {
  const pause = queuePauseOf(state, agent, now);
  if (pause) return queuePauseText(pause);
  const mode = modeOf(agent, now);
  if (mode === 'active') return undefined;
  const { id, modeBy: by, modeReason: reason, modeUntil: until } = agent;
  return `${id} is ${mode}${said({ by, reason, until })}`;
}

export const queuePauseText = ({ pool, ...pause }: QueuePause): string =>
  `${pool === null ? 'the fleet' : `pool ${pool}`} is paused${said(pause)}`;

type Said = Pick<Pause, 'reason' | 'until'> & { readonly by: string | null };
export const said = ({ by, reason, until }: Said): string =>
  `${by ? ` by ${by}` : ''}${until ? ` until ${until}` : ''}${reason ? `: ${reason}` : ''}`;
