/** Lets nobody claim anything, on the agents of a pool or on the whole fleet; and lets them again. What runs, runs on. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { YardConfig } from '../../entities/yard-config.ts';
import { inForce } from '../../scheduling/pauses.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { isSamePause, type PauseWish, pauseFrom, refuseLate } from '../jobs/pause-job.ts';

export interface PauseFleet extends PauseWish {
  /** null: the whole fleet. */
  readonly pool: string | null;
}
export interface ResumeFleet {
  readonly pool: string | null;
  readonly reason: string | null;
  readonly now: Time;
}
type Paused = YardConfig['paused'];

export function pauseFleet(state: State, wish: PauseFleet): Decision<Paused> {
  const { pool, reason, now } = wish;
  const late = refuseLate(wish);
  if (late) return late;
  if (pool !== null && !isKnown(state, pool)) return refuse('NOT_FOUND', `no agent is of pool ${pool}`, [pool]);
  const { paused } = state.yard;
  const before = pauseOf(paused, pool);
  if (inForce(before, now) && isSamePause(before, wish))
    return accept(paused, [], `${wordsFor(pool)} is paused already`, { reason });
  const pause = pauseFrom(wish);
  return changed(
    state,
    pool === null ? { ...paused, fleet: pause } : { ...paused, pools: { ...paused.pools, [pool]: pause } },
    {
      summary: `pause ${wordsFor(pool)}`,
      reason,
    },
  );
}

/** Also tidies away a pause whose time is over. */
export function resumeFleet(state: State, { pool, reason }: ResumeFleet): Decision<Paused> {
  const { paused } = state.yard;
  if (!pauseOf(paused, pool)) {
    if (pool !== null && !isKnown(state, pool)) return refuse('NOT_FOUND', `no agent is of pool ${pool}`, [pool]);
    return accept(paused, [], `${wordsFor(pool)} is not paused`, { reason });
  }
  const others = Object.fromEntries(Object.entries(paused.pools).filter(([name]) => name !== pool));
  return changed(state, pool === null ? { ...paused, fleet: null } : { ...paused, pools: others }, {
    summary: `resume ${wordsFor(pool)}`,
    reason,
  });
}

const wordsFor = (pool: string | null): string => (pool === null ? 'the fleet' : `pool ${pool}`);
const pauseOf = ({ fleet, pools }: Paused, pool: string | null) =>
  pool === null ? fleet : Object.hasOwn(pools, pool) ? pools[pool] : null;
const isKnown = (state: State, pool: string): boolean => [...state.agents].some((agent) => agent.pool === pool);

function changed(state: State, paused: Paused, told: { summary: string; reason: string | null }): Decision<Paused> {
  const checked = validate('yard', JSON.parse(JSON.stringify({ ...state.yard, paused })));
  if (!checked.ok) return refuse('INVALID_DATA', `yard.json: ${checked.reason}`);
  const change = { kind: 'yard', id: 'yard', value: checked.value } as const;
  return accept(checked.value.paused, [change], told.summary, { reason: told.reason });
}
