/** The rows that tables are drawn from: the domain's own read model, made from the state that was just seen. */
import {
  type Connection,
  elapsedMs,
  type FleetStatus,
  fleetStatus,
  type NeedsYou,
  type ReadModel,
  readModel,
  type State,
} from '@gityard/domain';
import { isThere, type Yard } from '@gityard/yard';
import type { Context } from '../context.ts';
import { placeOfSpool, spoolAt } from './spool.ts';

export interface Glance {
  readonly status: FleetStatus;
  readonly model: ReadModel;
}

/** Both views of one state at one instant. */
export async function glance(context: Context, state: State): Promise<Glance> {
  const yard = await context.yard();
  const now = context.now();
  const { waiting, refused } = await spoolFacts(context);
  const connection = { ...connectionOf(yard), spool: waiting };
  const facts = { now, head: yard.head };
  const status = fleetStatus(state, now, { ...facts, connection });
  return {
    status: { ...status, needsYou: [...status.needsYou, ...refused] },
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

/** Of this machine alone: what waits for this yard, and what it was accepted for in vain. */
async function spoolFacts(context: Context): Promise<{ waiting: number; refused: NeedsYou[] }> {
  const place = await placeOfSpool(context);
  if (!(await isThere(place))) return { waiting: 0, refused: [] };
  const spool = await spoolAt(context, place);
  const refused = (await spool.refused()).map(({ id, name, about, reason }) => ({
    code: 'spool-refused',
    text: `${name} ${about} was accepted here and refused by the yard: ${reason}; gityard spool clear when seen`,
    refs: [id],
  }));
  return { waiting: await spool.count(), refused };
}
