/** All that waits on this machine, or was refused after it had waited, for whatever yard: one row each. */
import { aboutWaiting, type RefusedRow, type Spool, spoolPlaces, type Waiting } from '@gityard/yard';
import type { Context } from '../context.ts';
import { homePath } from '../start/user-config.ts';
import { spoolAt } from './spool.ts';

export interface SpoolRow {
  readonly id: string;
  readonly state: 'waiting' | 'refused';
  readonly yard: string;
  readonly operation: string;
  readonly about: string;
  readonly since: string;
  /** Why it waits, or why it was refused. */
  readonly reason: string | null;
  readonly code: string | null;
  readonly input: unknown;
}

export async function openSpools(context: Context): Promise<readonly Spool[]> {
  const places = await spoolPlaces(homePath(context.io.env));
  return Promise.all(places.map((it) => spoolAt(context, it)));
}

/** What waits first, oldest first. */
export async function spoolRows(context: Context): Promise<readonly SpoolRow[]> {
  const rows = await Promise.all((await openSpools(context)).map(rowsOf));
  return rows.flat().sort((a, b) => order(a).localeCompare(order(b)));
}

const order = ({ state, since, id }: SpoolRow): string => `${state === 'waiting' ? 0 : 1} ${since} ${id}`;

async function rowsOf(spool: Spool): Promise<SpoolRow[]> {
  const { address: yard } = spool.place;
  const [waiting, refused] = [await spool.waiting(), await spool.refused()];
  return [...waiting.map((it) => waitingRow(it, yard)), ...refused.map((it) => refusedRow(it, yard))];
}

function waitingRow(waiting: Waiting, yard: string): SpoolRow {
  const { id, since, because: reason } = waiting;
  const { name: operation, about } = aboutWaiting(waiting);
  const input = 'operation' in waiting ? waiting.operation.input : null;
  return { id, state: 'waiting', yard, operation, about, since, reason, code: null, input };
}

function refusedRow({ id, name: operation, about, since, code, reason, input }: RefusedRow, yard: string): SpoolRow {
  return { id, state: 'refused', yard, operation, about, since, reason, code, input };
}
