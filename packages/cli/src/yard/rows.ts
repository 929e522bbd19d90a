/** The rows that tables are drawn from: the domain's own read model, made from the state that was just seen. */
import { type Connection, type FleetStatus, fleetStatus, type ReadModel, readModel, type State } from '@gityard/domain';
import type { Yard } from '@gityard/yard';
import type { Context } from '../context.ts';

export interface Glance {
  readonly status: FleetStatus;
  readonly model: ReadModel;
}

/** Both views of one state at one instant. */
export async function glance(context: Context, state: State): Promise<Glance> {
  const yard = await context.yard();
  const now = context.now();
  const connection = connectionOf(yard, now);
  const facts = { now, head: yard.head };
  return {
    status: fleetStatus(state, now, { ...facts, connection }),
    model: readModel(state, { ...facts, sequence: 0, by: yard.actor, push: null }),
  };
}

function connectionOf(yard: Yard, now: string): Connection {
  const perMinute = yard.state.yard.push.perMinute ?? (/^https:\/\/github\.com\//.test(yard.address) ? 6 : 0);
  // A command lives too short to have used any of its budget, and 0 is no budget at all.
  const budget = perMinute === 0 ? null : perMinute;
  return { state: 'live', lastContactAt: now, pushBudget: { perMinute: budget, used: 0, left: budget }, spool: 0 };
}
