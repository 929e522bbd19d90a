/**
 * Notes in the history what changed about the agents since it was noted last, and what the hours that are over came to. Nothing
 * is noted where nothing happened, and an agent that comes and goes is noted now and then, not each time.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { HistoryHour, PresenceChange } from '../../entities/history-hour.ts';
import { SCHEMA_VERSION } from '../../entities/schema.ts';
import type { Change, State } from '../../state.ts';
import { after, DAY_MS, elapsedMs, type Time, toMs, toTime } from '../../time.ts';
import { hourBuilds, hourFigures } from '../../views/hour-figures.ts';
import { historyIdOf, hoursOf, notedAgents, presenceOf, type Sighting } from '../../views/presence.ts';

export interface NoteHealth {
  readonly now: Time;
}
export interface NotedHealth {
  readonly changes: readonly PresenceChange[];
  /** Hours that are over now. */
  readonly closed: readonly string[];
}

const HOUR_MS = 3_600_000;
/** What was missed while no agent ran; finished jobs leave the state after seven days. */
const MOST_HOURS = 168;
const MOST_AGENTS = 1000;
const MOST_CHANGES = 1000;
/** More changes than these within an hour are flapping. */
const CALM_CHANGES = 4;
const FLAPPING_REST_MS = 30 * 60_000;
const TRIMMED_AT_ONCE = 500;

export function noteHealth(state: State, { now }: NoteHealth): Decision<NotedHealth> {
  const noted = notedAgents(state);
  const changes = changesSince(state, noted, now);
  const closed = closedHours(state, now);
  if (changes.length + closed.length === 0) return refuse('NOTHING_TO_DO', 'nothing happened since it was noted last');
  const puts = [...closed, ...currentHour(state, { noted, changes, now })];
  const dropped = overdueHours(state, { puts, now });
  const all: Change[] = [
    ...puts.map((value) => ({ kind: 'history', id: historyIdOf(value.hour), value }) as const),
    ...dropped.map((id) => ({ kind: 'history', id, value: null }) as const),
  ];
  return accept({ changes, closed: closed.map((it) => it.hour) }, all, summaryOf(changes, closed));
}

function summaryOf(changes: readonly PresenceChange[], closed: readonly HistoryHour[]): string {
  const said = changes.map((it) => `${it.agent} ${it.from === null ? 'joined, ' : ''}${it.to}`);
  const parts = [
    ...said,
    ...(closed.length > 0 ? [`the hour ${closed.map((it) => historyIdOf(it.hour)).join(', ')}`] : []),
  ];
  return `note health: ${parts.join('; ').slice(0, 200)}`;
}

function changesSince(state: State, noted: HistoryHour['agents'], now: Time): readonly PresenceChange[] {
  const seen = [...state.agents].map((agent) => changeOf(agent.id, noted, presenceOf(state, agent, now)));
  const gone = Object.keys(noted)
    .filter((id) => !state.agents.has(id))
    .map((id) => changeOf(id, noted, { presence: 'removed', since: now }));
  return [...seen, ...gone]
    .filter((it) => it !== null)
    .filter((it) => it.to === 'removed' || !isFlapping(state, it.agent, now))
    .sort((a, b) => (a.agent < b.agent ? -1 : 1))
    .slice(0, MOST_AGENTS);
}

function changeOf(agent: string, noted: HistoryHour['agents'], seen: Sighting | null): PresenceChange | null {
  const from = noted[agent]?.presence ?? null;
  return seen === null || seen.presence === from ? null : { agent, from, to: seen.presence, at: seen.since };
}

/** Then it rests for a while; how it stands after that is noted. */
function isFlapping(state: State, agent: string, now: Time): boolean {
  const times = hoursOf(state)
    .slice(-2)
    .flatMap(([, hour]) => hour.changes.filter((it) => it.agent === agent))
    .map((it) => elapsedMs(it.at, now));
  const recent = times.filter((it) => it < HOUR_MS);
  return recent.length >= CALM_CHANGES && Math.min(...recent) < FLAPPING_REST_MS;
}

function currentHour(state: State, { noted, changes, now }: Happened): HistoryHour[] {
  if (changes.length === 0) return [];
  const hour = beginOf(toMs(now));
  const before = state.history.get(historyIdOf(hour));
  const agents = { ...noted };
  for (const { agent, to, at } of changes) {
    if (to === 'removed') delete agents[agent];
    else agents[agent] = { presence: to, since: at };
  }
  const all = [...(before?.changes ?? []), ...changes].slice(-MOST_CHANGES);
  return [{ ...(before ?? emptyHour(hour)), agents, changes: all }];
}

interface Happened {
  readonly noted: HistoryHour['agents'];
  readonly changes: readonly PresenceChange[];
  readonly now: Time;
}

const beginOf = (ms: number): Time => toTime(Math.floor(ms / HOUR_MS) * HOUR_MS);
const emptyHour = (hour: Time): HistoryHour => ({
  schemaVersion: SCHEMA_VERSION,
  hour,
  agents: {},
  changes: [],
  figures: null,
  builds: {},
  disks: {},
});

/** Those since the last one that was closed in which something ended, began or changed. */
function closedHours(state: State, now: Time): readonly HistoryHour[] {
  const untilMs = toMs(beginOf(toMs(now)));
  const last = hoursOf(state).findLast(([, it]) => it.figures !== null)?.[1];
  const sinceMs = Math.max(last ? toMs(last.hour) + HOUR_MS : 0, untilMs - MOST_HOURS * HOUR_MS);
  const closed: HistoryHour[] = [];
  let before = last;
  for (let fromMs = sinceMs; fromMs < untilMs; fromMs += HOUR_MS) {
    const hour = closedHour(state, { fromMs, isLast: fromMs + HOUR_MS === untilMs, now });
    if (!hasHappened(hour, before)) continue;
    closed.push(hour);
    before = hour;
  }
  return closed;
}

interface Closing {
  readonly fromMs: number;
  /** It ended just now. */
  readonly isLast: boolean;
  readonly now: Time;
}

function closedHour(state: State, { fromMs, isLast, now }: Closing): HistoryHour {
  const hour = beginOf(fromMs);
  const span = { fromMs, toMs: fromMs + HOUR_MS };
  const known = state.history.get(historyIdOf(hour));
  const agents = hoursOf(state).findLast(([id]) => id <= historyIdOf(hour))?.[1].agents ?? {};
  const fresh = Object.values(agents).filter((it) => it.presence === 'fresh').length;
  // Those that came since it was noted last are noted only after this hour, and were there when it ended.
  const came = isLast
    ? [...state.agents].filter((it) => !Object.hasOwn(agents, it.id) && toMs(it.registeredAt) < span.toMs)
    : [];
  const unnoted = came.filter((it) => presenceOf(state, it, now)?.presence === 'fresh').length;
  const figures = hourFigures(state, span, fresh + unnoted);
  // Of hours that were missed nobody knows how full the disks were.
  return {
    ...(known ?? { ...emptyHour(hour), agents }),
    figures,
    builds: hourBuilds(state, span),
    disks: isLast ? disksNow(state) : {},
  };
}

function hasHappened({ changes, figures }: HistoryHour, before: HistoryHour | undefined): boolean {
  const last = before?.figures;
  if (!figures) return false;
  if (changes.length > 0 || figures.succeeded + figures.failed > 0) return true;
  return figures.queued !== (last?.queued ?? 0) || figures.running !== (last?.running ?? 0);
}

function disksNow({ heartbeats }: State): HistoryHour['disks'] {
  const known = [...heartbeats].flatMap(({ agent, machine: { diskFreeGB } }) =>
    diskFreeGB === null ? [] : [[agent, diskFreeGB] as const],
  );
  return Object.fromEntries(known.slice(0, MOST_AGENTS));
}

/** The newest stays: it says how the agents stand. */
function overdueHours(state: State, { puts, now }: { puts: readonly HistoryHour[]; now: Time }): readonly string[] {
  const oldest = historyIdOf(after(now, -state.yard.retention.historyDays * DAY_MS));
  const ids = hoursOf(state).map(([id]) => id);
  const newest = [...ids, ...puts.map((it) => historyIdOf(it.hour))].sort().at(-1);
  return ids.filter((id) => id < oldest && id !== newest).slice(0, TRIMMED_AT_ONCE);
}
