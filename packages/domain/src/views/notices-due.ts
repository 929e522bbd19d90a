/**
 * What a rule of notification has to tell now: what came or went since it was told last, no more often than the rule allows.
 * Where more is due than that, the last message that it allows is a summary of the rest.
 */
import type { Notices } from '../entities/notices.ts';
import type { Notification } from '../entities/notification.ts';
import { type Announcement, recent, UNSURE_MS } from '../operations/notices/announce.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time } from '../time.ts';
import { type Condition, conditionsFor, wantsCode } from './conditions.ts';

export interface Notice extends Announcement {
  readonly text: string;
  readonly agent: string | null;
  readonly job: Condition['job'];
}
export interface NoticesDue {
  /** Each a message of its own. */
  readonly single: readonly Notice[];
  /** Together one more message. */
  readonly summary: readonly Notice[];
  /** Came or went without anybody having asked to be told. */
  readonly silent: readonly Notice[];
}

/** Under which word of a rule the end of such a condition is told; job-ended has no end. */
const RECOVERY: Readonly<Record<string, string>> = { 'job-failed': 'job-fixed', 'agent-silent': 'agent-back' };
export const recoveryOf = (code: string): string => RECOVERY[code] ?? 'resolved';

const MOST_AT_ONCE = 500;

export function noticesDue(rule: Notification, state: State, now: Time): NoticesDue {
  const notices = state.notices.get(rule.name);
  const conditions = new Map(conditionsFor(rule, state, now).map((it) => [it.key, it]));
  const all = [
    ...[...conditions.values()].filter((it) => isAlarm(rule, { it, notices, now })).map((it) => opened(rule, it)),
    ...overNow(rule, { notices, conditions, now }),
  ].slice(0, MOST_AT_ONCE);
  const [due, silent] = [all.filter((it) => !it.silent), all.filter((it) => it.silent)];
  const room = rule.maxPerHour - (notices ? recent(notices, now).length : 0);
  if (room <= 0) return { single: [], summary: [], silent };
  return due.length <= room
    ? { single: due, summary: [], silent }
    : { single: due.slice(0, room - 1), summary: due.slice(room - 1), silent };
}

interface Looked {
  readonly it: Condition;
  readonly notices: Notices | undefined;
  readonly now: Time;
}

const opened = (rule: Notification, { key, code, text, agent, job }: Condition): Notice => ({
  key,
  state: 'open',
  code,
  about: aboutOf({ code, text, agent, job }),
  silent: !wantsCode(rule, code),
  text,
  agent,
  job,
});

/** What stands in for it when it is over, and the job may not be there any more. */
function aboutOf({ code, text, agent, job }: Omit<Condition, 'key'>): string {
  if (code === 'job-failed' && job) return job.branch ?? job.id;
  return code === 'agent-silent' ? (agent ?? text) : text;
}

function isAlarm(rule: Notification, { it: { key }, notices, now }: Looked): boolean {
  const told = notices && Object.hasOwn(notices.told, key) ? notices.told[key] : undefined;
  if (!told) return true;
  if (told.state === 'open') return !told.sure && elapsedMs(told.at, now) >= UNSURE_MS;
  return elapsedMs(told.alertedAt, now) >= rule.coolDownMinutes * 60_000;
}

interface Over {
  readonly notices: Notices | undefined;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly now: Time;
}

/** What was told to be open and is so no more. A job that ended is no trouble that goes by; it is only forgotten. */
function overNow(rule: Notification, { notices, conditions, now }: Over): Notice[] {
  return Object.entries(notices?.told ?? {})
    .filter(([key, { code }]) => !conditions.has(key) && code !== 'job-ended')
    .filter(([, told]) => told.state === 'open' || (!told.sure && elapsedMs(told.at, now) >= UNSURE_MS))
    .map(([key, { code, about }]) => ({
      key,
      state: 'closed',
      code,
      about,
      silent: !rule.when.includes(recoveryOf(code)),
      text: about,
      agent: code === 'agent-silent' ? about : null,
      job: null,
    }));
}
