/** The rows that tables are drawn from: the domain's own read model, made from the state that was just seen. */
import {
  type Connection,
  type FleetStatus,
  fleetStatus,
  type NeedsYou,
  type ReadModel,
  readModel,
  type State,
} from '@gityard/domain';
import { isThere, type Yard } from '@gityard/yard';
import type { Context } from '../context.ts';
import { pushUseOf } from './push-use.ts';
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
    model: readModel(state, { ...facts, sequence: 0, by: yard.actor, push: pushUseOf(yard) }),
  };
}

function connectionOf(yard: Yard): Connection {
  const connection = yard.connection();
  return { ...connection, pushBudget: pushUseOf(yard) ?? connection.pushBudget };
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
