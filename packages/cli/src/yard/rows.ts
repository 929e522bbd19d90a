/** The rows that tables are drawn from: the domain's own read model, made from the state that was just seen. */
import {
  type Connection,
  elapsedMs,
  type FleetStatus,
  fleetStatus,
  type ReadModel,
  readModel,
  type State,
} from '@gityard/domain';
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
  const connection = connectionOf(yard);
  const facts = { now, head: yard.head };
  return {
    status: fleetStatus(state, now, { ...facts, connection }),
    model: readModel(state, { ...facts, sequence: 0, by: yard.actor, push: null }),
  };
}

/** Of the pushes of a yard a command makes none or one. What its agents used, the last of them to beat has told. */
function connectionOf(yard: Yard): Connection {
  const connection = yard.connection();
  const { perMinute, used, left } = connection.pushBudget;
  if (perMinute === null || left === null) return connection;
  const all = used + usedByAgents(yard);
  return { ...connection, pushBudget: { perMinute, used: all, left: Math.max(0, perMinute - all) } };
}

const MINUTE_MS = 60_000;

function usedByAgents(yard: Yard): number {
  const model = yard.live.model();
  return model?.push && elapsedMs(model.at, yard.now()) < MINUTE_MS ? model.push.used : 0;
}
