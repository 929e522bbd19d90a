/**
 * Notes what people are told by a rule of notification. Announced before it is sent, so that of two agents one sends it; made
 * sure afterwards, so that what an agent announced and did not live to send is found and told by another.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Notices, Told } from '../../entities/notices.ts';
import { SCHEMA_VERSION } from '../../entities/schema.ts';
import type { State } from '../../state.ts';
import { clipped } from '../../text.ts';
import { elapsedMs, isBefore, type Time } from '../../time.ts';

export interface Announcement {
  readonly key: string;
  readonly state: Told['state'];
  readonly code: string;
  readonly about: string;
  /** Only to be remembered: nobody asked to be told. */
  readonly silent: boolean;
}
export interface Announce {
  readonly rule: string;
  readonly announcements: readonly Announcement[];
  /** How many messages that is. */
  readonly messages: number;
  /** Who sends them. */
  readonly by: string;
  readonly now: Time;
}

const HOUR_MS = 3_600_000;
/** What was announced and is not sure by then was lost: whoever sends tries for less long. */
export const UNSURE_MS = 15 * 60_000;
const MOST_TOLD = 1000;
const MOST_SENT = 200;

/** Refused when somebody else has announced any of it meanwhile: then it is to be thought again. */
export function announce(state: State, input: Announce): Decision<Notices> {
  const { rule, announcements, messages, by, now } = input;
  const config = state.yard.notifications.find((it) => it.name === rule);
  if (!config) return refuse('NOT_FOUND', `yard.json has no notification ${rule}`);
  const before = state.notices.get(rule) ?? none(rule);
  const taken = announcements.find((it) => isTold(before, it, now));
  if (taken) return refuse('CONFLICT', `${taken.key} was announced already`, [taken.key]);
  if (announcements.length === 0) return refuse('NOTHING_TO_DO', 'there is nothing to announce');
  const sentAt = recent(before, now);
  if (sentAt.length + messages > config.maxPerHour)
    return refuse('CONFLICT', `${rule} has told ${sentAt.length} times this hour; ${config.maxPerHour} are the most`);

  const told = { ...kept(before, { coolDownMs: config.coolDownMinutes * 60_000, now }) };
  for (const it of announcements) told[clipped(it.key, 300)] = toldNow(it, { before, by, now });
  if (Object.keys(told).length > MOST_TOLD) return refuse('CONFLICT', `${rule} tells of more than ${MOST_TOLD} things`);
  const times = [...sentAt, ...Array.from({ length: messages }, () => now)].slice(-MOST_SENT);
  const value: Notices = { ...before, told, sentAt: times };
  return accept(value, [{ kind: 'notices', id: rule, value }], `announce ${announcements.length} of ${rule}`, {
    agent: by,
  });
}

export const recent = ({ sentAt }: Notices, now: Time): readonly Time[] =>
  sentAt.filter((it) => elapsedMs(it, now) < HOUR_MS);

const none = (id: string): Notices => ({ schemaVersion: SCHEMA_VERSION, id, told: {}, sentAt: [] });

function isTold({ told }: Notices, { key, state }: Announcement, now: Time): boolean {
  const before = Object.hasOwn(told, key) ? told[key] : undefined;
  return before?.state === state && (before.sure || elapsedMs(before.at, now) < UNSURE_MS);
}

function toldNow(
  { key, state, code, about, silent }: Announcement,
  { before, by, now }: { before: Notices; by: string; now: Time },
): Told {
  const alertedAt = state === 'open' ? now : (before.told[key]?.alertedAt ?? now);
  return { state, at: now, alertedAt, code: clipped(code, 50), about: clipped(about, 200), by, sure: silent };
}

/** What is over is forgotten when its cool-down is, and that a job ended when that is no news any more. */
function kept({ told }: Notices, { coolDownMs, now }: { coolDownMs: number; now: Time }): Notices['told'] {
  const isOver = (it: Told) =>
    it.code === 'job-ended'
      ? elapsedMs(it.at, now) >= 2 * HOUR_MS
      : it.state === 'closed' && it.sure && elapsedMs(it.alertedAt, now) >= coolDownMs;
  return Object.fromEntries(Object.entries(told).filter(([, it]) => !isOver(it)));
}

export interface Assure {
  readonly rule: string;
  readonly keys: readonly string[];
  /** `failed`: nobody was told, so that it is due again. */
  readonly outcome: 'sent' | 'failed';
  /** How many messages that was to be: those that failed do not count among what the rule may tell in an hour. */
  readonly messages: number;
  readonly by: string;
  readonly now: Time;
}

export function assure(state: State, { rule, keys, outcome, messages, by, now }: Assure): Decision<Notices> {
  const before = state.notices.get(rule);
  if (!before) return refuse('NOT_FOUND', `nothing was announced by ${rule}`);
  const own = keys.filter(
    (key) => Object.hasOwn(before.told, key) && before.told[key]?.by === by && !before.told[key].sure,
  );
  if (own.length === 0) return refuse('NOTHING_TO_DO', 'all of it was made sure before, or taken over', keys);
  const told = { ...before.told };
  for (const key of own) {
    const it = told[key];
    if (!it) continue;
    if (outcome === 'sent') told[key] = { ...it, sure: true };
    // As if nobody had announced it: told to be open, and so due, where it was to be closed.
    else if (it.state === 'open') delete told[key];
    else told[key] = { ...it, state: 'open', sure: true };
  }
  const sentAt = outcome === 'sent' ? before.sentAt : without(before, { own, messages });
  const value = { ...before, told, sentAt: sentAt.filter((it) => !isBefore(now, it)) };
  return accept(value, [{ kind: 'notices', id: rule, value }], `${outcome} ${own.length} of ${rule}`, { agent: by });
}

/** As many of the times as were noted when these were announced; which of the equal ones goes is all the same. */
function without({ told, sentAt }: Notices, { own, messages }: { own: readonly string[]; messages: number }): Time[] {
  const times = new Set(own.map((key) => told[key]?.at));
  let left = messages;
  return sentAt.filter((it) => !(times.has(it) && left-- > 0));
}
