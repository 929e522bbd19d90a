/**
 * What people may be told of, as it stands now: each thing under a key that stays the same for as long as it lasts. What is
 * told follows from which of them came and went; nobody has to see the moment itself.
 */
import { currentAttempt, type Job, whyEnded } from '../entities/job.ts';
import type { Notification } from '../entities/notification.ts';
import { modeOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { DAY_MS, elapsedMs, type Time, toMs } from '../time.ts';
import { brokenWork, isBroken, lineOfWork, nameOfLine } from './broken-work.ts';
import { needsYou } from './needs-you.ts';
import { notedAgents } from './presence.ts';

export interface Condition {
  readonly key: string;
  readonly code: string;
  readonly text: string;
  readonly agent: string | null;
  readonly job: Job | null;
}

/** A job that ended is news for so long. */
const NEWS_MS = DAY_MS / 24;
/** Told by the history, which is damped, and by the jobs themselves. */
const OWN_CODES = new Set(['agent-silent', 'agent-silent-holding', 'job-failed']);

export const wantsCode = ({ when }: Notification, code: string): boolean =>
  when.includes(code) || (when.includes('needs-you') && code !== 'job-ended');

export const keyOfLine = (line: string): string => `job-failed:${line}`;

export function conditionsFor(rule: Notification, state: State, now: Time): readonly Condition[] {
  const wants = (code: string) => wantsCode(rule, code);
  return [
    ...(wants('job-failed') || rule.when.includes('job-fixed') ? failures(rule, state) : []),
    ...(wants('agent-silent') || rule.when.includes('agent-back') ? silences(state, now) : []),
    ...(rule.when.includes('job-ended') ? ends(rule, state, now) : []),
    ...needsYou(state, now)
      .filter((it) => !OWN_CODES.has(it.code) && wants(it.code))
      .map(({ code, text, refs: [first = ''] }) => ({
        key: `${code}:${first}`,
        code,
        text,
        agent: agentOf(state, first),
        job: state.jobs.get(first) ?? null,
      }))
      .filter((it) => it.job === null || isUrgent(rule, it.job)),
  ];
}

const agentOf = ({ agents }: State, id: string): string | null => (agents.has(id) ? id : null);
const isUrgent = ({ minPriority }: Notification, { priority }: Job): boolean => priority <= minPriority;

function failures(rule: Notification, state: State): Condition[] {
  const broken = brokenWork(state).filter((job) => isUrgent(rule, job));
  const often = rule.threshold === 1 ? broken : broken.filter((job) => failuresInARow(state, job) >= rule.threshold);
  return often.map((job) => ({
    key: keyOfLine(nameOfLine(job)),
    code: 'job-failed',
    text: endText(job),
    agent: currentAttempt(job)?.agent ?? null,
    job,
  }));
}

function failuresInARow({ jobs }: State, { repository, branch, command }: Job): number {
  const line = lineOfWork({ repository, branch, command });
  const ended = [...jobs].filter(
    (it) => it.parent === null && (isBroken(it) || it.status === 'succeeded') && lineOfWork(it) === line,
  );
  const newestFirst = ended.sort((a, b) => toMs(b.endedAt ?? b.submittedAt) - toMs(a.endedAt ?? a.submittedAt));
  const good = newestFirst.findIndex((it) => it.status === 'succeeded');
  return good === -1 ? newestFirst.length : good;
}

function silences(state: State, now: Time): Condition[] {
  return Object.entries(notedAgents(state))
    .filter(([id, { presence }]) => presence === 'silent' && !isMaintained(state, id, now))
    .map(([id, { since }]) => {
      const text = `agent ${id} gives no sign of life since ${since}`;
      return { key: `agent-silent:${id}`, code: 'agent-silent', text, agent: id, job: null };
    });
}

function isMaintained({ agents }: State, id: string, now: Time): boolean {
  const agent = agents.get(id);
  return agent !== undefined && modeOf(agent, now) === 'maintenance';
}

function ends(rule: Notification, { jobs }: State, now: Time): Condition[] {
  return [...jobs]
    .filter((job) => job.endedAt !== null && job.status !== 'queued' && elapsedMs(job.endedAt, now) < NEWS_MS)
    .filter((job) => isUrgent(rule, job) && job.parent === null)
    .map((job) => {
      const agent = currentAttempt(job)?.agent ?? null;
      return { key: `job-ended:${job.id}`, code: 'job-ended', text: endText(job), agent, job };
    });
}

function endText(job: Job): string {
  const attempt = currentAttempt(job);
  const why = whyEnded(job) ?? (attempt?.exitCode ? `exit code ${attempt.exitCode}` : null);
  const what = job.branch === null ? `job ${job.id}` : `branch ${job.branch}: job ${job.id}`;
  return `${what} ${job.status}${why === null || job.status === 'succeeded' ? '' : `: ${why}`}`;
}
