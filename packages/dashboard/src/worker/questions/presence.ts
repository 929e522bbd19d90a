/**
 * How servers stood in the last day or week, from the hours of the history: one request for their names, one for each hour
 * that something happened in. Hours that are over never change, so each is fetched once in the life of a browser.
 */
import {
  diskTrendGBPerDay,
  type HistoryHour,
  historyHourFrom,
  type Presence,
  presenceStretches,
  Table,
  type Time,
  toMs,
  toTime,
} from '@gityard/domain';
import type { Place } from '../sources/source.ts';
import { jsonIn } from './json-in.ts';
import type { Reading } from './question.ts';

export interface PresenceAsked {
  readonly place: Place;
  readonly now: Time;
  readonly days: number;
  /** Only this one, and its disk; null: all, without their disks. */
  readonly agent: string | null;
}

export interface PresenceStretch {
  readonly presence: Presence;
  readonly from: Time;
  readonly to: Time;
}

export interface PresenceAnswer {
  readonly servers: readonly { readonly id: string; readonly stretches: readonly PresenceStretch[] }[];
  readonly disk: { readonly points: readonly DiskPoint[]; readonly trendGBPerDay: number | null } | null;
}
export interface DiskPoint {
  readonly at: Time;
  readonly freeGB: number;
}

const FOLDER = 'shared/history/';
const HOUR_ID = /^\d{4}-\d\d-\d\d\/\d\d$/;
const DAY_MS = 86_400_000;

export async function presence(reading: Reading, asked: PresenceAsked): Promise<PresenceAnswer> {
  const since = toTime(toMs(asked.now) - asked.days * DAY_MS);
  const history = Table.of(await hoursSince(reading, asked.place, since));
  const ids = asked.agent === null ? agentsIn(history) : [asked.agent];
  const servers = ids.map((id) => ({
    id,
    stretches: presenceStretches({ history }, id, asked.now)
      .filter((it) => it.toMs > toMs(since))
      .map((it) => ({ presence: it.presence, from: toTime(Math.max(it.fromMs, toMs(since))), to: toTime(it.toMs) })),
  }));
  return { servers, disk: asked.agent === null ? null : diskOf(history, asked.agent, asked.now) };
}

/** With the last one before, which says how things stood when that time began. */
async function hoursSince(reading: Reading, place: Place, since: Time): Promise<(readonly [string, HistoryHour])[]> {
  const entries = await reading.tree(place, FOLDER.slice(0, -1));
  const named = entries
    .map(({ path, oid }) => ({ id: path.replace(FOLDER, '').replace(/\.json$/, ''), path, oid }))
    .filter(({ id }) => HOUR_ID.test(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const first = since.slice(0, 13).replace('T', '/');
  const begin = named.findIndex(({ id }) => id >= first);
  const wanted = named.slice(Math.max(0, (begin === -1 ? named.length : begin) - 1));

  return (await reading.blobs(wanted, place)).flatMap(({ id, bytes }) => {
    const hour = historyHourFrom(jsonIn(bytes));
    // One that cannot be read is told of elsewhere; the others still say what they know.
    return hour.ok ? [[id, hour.value] as const] : [];
  });
}

const agentsIn = (history: Table<HistoryHour>): readonly string[] =>
  [...new Set([...history].flatMap((hour) => Object.keys(hour.agents)))].sort();

function diskOf(history: Table<HistoryHour>, id: string, now: Time): PresenceAnswer['disk'] {
  const points = [...history.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { hour, disks }]) => (Object.hasOwn(disks, id) ? [{ at: hour, freeGB: disks[id] ?? 0 }] : []));
  return { points, trendGBPerDay: diskTrendGBPerDay({ history }, id, now) };
}
