/**
 * What a rule of notification has to tell now: what came or went since it was told last, no more often than the rule allows.
 * Where more is due than that, the last message that it allows is a summary of the rest.
 */
import type { Notices } from '../entities/notices.ts';
import type { Notification } from '../entities/notification.ts';
import { type Announcement, recent, UNSURE_MS } from '../operations/notices/announce.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time, toMs } from '../time.ts';
import { type Standing, standings } from './broken-work.ts';
import { type Condition, conditionsFor, keyOfLine, wantsCode } from './conditions.ts';

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
    ...overNow(rule, { notices, conditions, state, now }),
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
  readonly state: State;
  readonly now: Time;
}

/** What was told to be open and is so no more. A job that ended is no trouble that goes by; it is only forgotten. */
function overNow(rule: Notification, { notices, conditions, state, now }: Over): Notice[] {
  const over = Object.entries(notices?.told ?? {})
    .filter(([key, { code }]) => !conditions.has(key) && code !== 'job-ended')
    .filter(([, told]) => told.state === 'open' || (!told.sure && elapsedMs(told.at, now) >= UNSURE_MS));
  const hasFailures = over.some(([, { code }]) => code === 'job-failed');
  const lines = new Map(hasFailures ? [...standings(state)].map(([line, it]) => [keyOfLine(line), it]) : []);
  return over.flatMap(([key, told]): Notice[] => {
    const { code, about, alertedAt } = told;
    const how = code === 'job-failed' ? howItEnded(lines.get(key), alertedAt) : 'mended';
    if (how === 'open') return [];
    const silent = how === 'forgotten' || !rule.when.includes(recoveryOf(code));
    const agent = code === 'agent-silent' ? about : null;
    return [{ key, state: 'closed', code, about, silent, text: about, agent, job: null }];
  });
}

/** Only a success mends. A job that is tried again has not succeeded yet, and one that went to the archive never did. */
function howItEnded(line: Standing | undefined, alertedAt: Time): 'mended' | 'open' | 'forgotten' {
  if (!line) return 'forgotten';
  const { goodMs, badMs, underWay } = line;
  if (goodMs !== null && goodMs >= (badMs ?? toMs(alertedAt))) return 'mended';
  return badMs !== null || underWay ? 'open' : 'forgotten';
}
