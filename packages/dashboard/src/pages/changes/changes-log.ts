/** The operation log as far as it was read: new pages come at its head while the yard works, older ones at its end. Pure. */
import type { ChangesPage } from '../../worker/questions/changes/changes.ts';
import type { ChangeRow } from '../../worker/questions/changes/told-in.ts';

export type ChangesLog = ChangesPage;

/** A page that does not reach what is known leaves a hole, so what is known begins anew with it. */
export function withNewest(log: ChangesLog | undefined, newest: ChangesPage): ChangesLog {
  const [first] = log?.rows ?? [];
  const meets = newest.rows.findIndex(({ key }) => key === first?.key);
  return log && meets !== -1 ? { ...log, rows: [...newest.rows.slice(0, meets), ...log.rows] } : newest;
}

export const withOlder = (log: ChangesLog, older: ChangesPage): ChangesLog => ({
  ...older,
  rows: [...log.rows, ...older.rows],
});

export interface Day {
  /** `2026-03-01`, by the clock of whoever looks. */
  readonly day: string;
  readonly rows: readonly ChangeRow[];
}

/** In their order. The clocks of servers differ, so a day may come twice; it never comes apart within one of them. */
export function byDay(rows: readonly ChangeRow[]): readonly Day[] {
  const days: { day: string; rows: ChangeRow[] }[] = [];
  for (const row of rows) {
    const day = dayOf(row.at);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days;
}

export const dayOf = (at: string): string => {
  const moment = new Date(at);
  return Number.isFinite(moment.getTime()) ? moment.toLocaleDateString('en-CA') : 'An unknown day';
};

/** The rows before it came after that moment. -1: all of what was read did; 0: nothing did. */
export const firstSeen = (rows: readonly ChangeRow[], seenAt: string): number =>
  rows.findIndex(({ at }) => Date.parse(at) <= Date.parse(seenAt));
