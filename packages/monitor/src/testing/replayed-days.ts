/**
 * A hundred days of heartbeats with gaps, from a seed, and the moments at which a scheduled monitor really ran: late, seldom,
 * and once not for a week. Everything is a function of the time: nothing waits.
 */
import { after, DAY_MS, type Heartbeat, type State, Table, type Time, toMs, toTime } from '@gityard/domain';
import { world } from '@gityard/domain/spec';

const BEGIN: Time = '2026-01-01T00:00:00.000Z';
const DAYS = 100;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BEGIN_MS = toMs(BEGIN);
const END_MS = BEGIN_MS + DAYS * DAY_MS;

interface Gap {
  /** Of the last sign of life before it. */
  readonly fromMs: number;
  /** Of the first after it. */
  readonly toMs: number;
  /** `outage`: nobody knew. The others are no news. */
  readonly why: 'outage' | 'hiccup' | 'maintenance' | 'stopped';
}
export interface AgentDays {
  readonly id: string;
  readonly gaps: readonly Gap[];
}
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Each fails now and then, for a minute or for days; outages of one agent are more than a day apart. */
export function agentDays(id: string, random: Random): AgentDays {
  const gaps: Gap[] = [];
  let at = BEGIN_MS + random() * 2 * DAY_MS;
  while (at < END_MS) {
    const fromMs = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const [why, longMs] = oneGap(random);
    const toMs = Math.ceil((fromMs + longMs) / MINUTE_MS) * MINUTE_MS;
    gaps.push({ fromMs, toMs, why });
    at = toMs + DAY_MS + 2 * HOUR_MS + random() * 4 * DAY_MS;
  }
  return { id, gaps };
}

function oneGap(random: Random): [Gap['why'], number] {
  const dice = random();
  // Shorter than what counts as silence.
  if (dice < 0.3) return ['hiccup', (2 + random() * 2) * MINUTE_MS];
  if (dice < 0.4) return ['maintenance', random() * 2 * DAY_MS];
  if (dice < 0.5) return ['stopped', random() * 3 * DAY_MS];
  return ['outage', 10 * MINUTE_MS * Math.exp(random() * 5)];
}

/** Comes and goes every few minutes, for ten days. */
export function flappingDays(id: string, random: Random): AgentDays {
  const gaps: Gap[] = [];
  const endMs = BEGIN_MS + 20 * DAY_MS;
  for (let at = BEGIN_MS + 10 * DAY_MS; at < endMs; ) {
    const toMs = at + Math.ceil(12 + random() * 10) * MINUTE_MS;
    gaps.push({ fromMs: at, toMs, why: 'outage' });
    at = toMs + Math.ceil(5 + random() * 15) * MINUTE_MS;
  }
  return { id, gaps };
}

const gapAt = ({ gaps }: AgentDays, ms: number): Gap | undefined => gaps.find((it) => ms > it.fromMs && ms < it.toMs);

export function stateAt(agents: readonly AgentDays[], ms: number): State {
  let scene = world();
  const beats: [string, Heartbeat][] = [];
  for (const it of agents) {
    const gap = gapAt(it, ms);
    const at = toTime(gap ? gap.fromMs : Math.floor(ms / MINUTE_MS) * MINUTE_MS);
    const mode = gap?.why === 'maintenance' ? ({ mode: 'maintenance', modeSince: at } as const) : {};
    scene = scene
      .agent(it.id, mode)
      .beat(it.id, { at, nextBeatBy: after(at, MINUTE_MS), stopped: gap?.why === 'stopped' });
  }
  for (const beat of scene.state.heartbeats) beats.push([beat.agent, beat]);
  return { ...scene.state, heartbeats: Table.of(beats) };
}

/** Asked for every five minutes: half of the runs come within a quarter of an hour, one in a hundred after more than an hour. */
export function runTimes(random: Random): number[] {
  const times: number[] = [];
  const holidays = [30 + random() * 10, 70 + random() * 10].map((it) => BEGIN_MS + it * DAY_MS);
  for (let at = BEGIN_MS + 7 * MINUTE_MS; at < END_MS + 10 * DAY_MS; ) {
    times.push(Math.round(at));
    const dice = random();
    const late = dice < 0.5 ? random() * 10 : dice < 0.98 ? 10 + random() * 35 : 45 + random() * 60;
    at += (5 + late) * MINUTE_MS;
    const holiday = holidays[0];
    if (holiday !== undefined && at > holiday) {
      holidays.shift();
      at += (holidays.length === 0 ? 7 : 2) * DAY_MS;
    }
  }
  return times;
}

/** After so long without a beat an agent is silent, with the slack for clocks; a grace of five minutes is over before. */
const SILENT_AFTER_MS = 302_000;

/** Of one agent: when an issue ought to be opened and closed. */
export interface Told {
  readonly agent: string;
  readonly opened: string;
  readonly closed: string | null;
}

export function isMissedAt(agent: AgentDays, ms: number): boolean {
  const gap = gapAt(agent, ms);
  return gap?.why === 'outage' && ms - gap.fromMs > SILENT_AFTER_MS;
}

/** What ought to be told: the runs that see an outage, and the first after each that sees its end. */
export function outagesSeen(agents: readonly AgentDays[], times: readonly number[]): Told[] {
  return agents.flatMap((agent) => {
    const told: Told[] = [];
    let opened: number | null = null;
    for (const ms of times) {
      const isMissed = isMissedAt(agent, ms);
      if (isMissed && opened === null) opened = ms;
      if (isMissed || opened === null) continue;
      told.push({ agent: agent.id, opened: toTime(opened), closed: toTime(ms) });
      opened = null;
    }
    return opened === null ? told : [...told, { agent: agent.id, opened: toTime(opened), closed: null }];
  });
}
