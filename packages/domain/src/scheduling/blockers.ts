/**
 * What keeps a queued job from being claimed by anyone, whatever agents there are. `claim` takes only a job without
 * blockers and `explain` prints them, so the two cannot disagree.
 */
import { asksNobody } from '../approval/gates.ts';
import { missingApprovals, missingText } from '../approval/standing.ts';
import { remedyOf } from '../broken-file.ts';
import type { Job } from '../entities/job.ts';
import type { Lock, LockHolder } from '../entities/lock.ts';
import type { WaitReason } from '../entities/wait-reason.ts';
import { hasNamespaces } from '../namespaces/namespace-of.ts';
import { reachedQuotas } from '../namespaces/quotas.ts';
import { signatureProblem } from '../signing/signed-work.ts';
import type { State } from '../state.ts';
import { endedWords } from '../text.ts';
import { isBefore, type Time } from '../time.ts';
import { boardOf, groupLimit } from './board.ts';
import { liveHolders, liveWaiting } from './lock-room.ts';
import { cycleThrough, mayWaitForItself, type Unmet, unmetNeeds } from './needs.ts';
import { inForce, said } from './pauses.ts';

export function blockers(state: State, job: Job, now: Time): readonly WaitReason[] {
  return RULES.flatMap((rule) => rule(state, job, now));
}

/** The same without a list: asked of every job of a queue, of which most ask for nothing but an agent. */
export const isBlocked = (state: State, job: Job, now: Time): boolean =>
  (state.broken.size > 0 || !asksForNothing(job) || !asksNobody(state, job) || hasNamespaces(state.yard)) &&
  RULES.some((rule) => rule(state, job, now).length > 0);

const asksForNothing = (job: Job): boolean => {
  const { paused, needs: needed, notBefore: time, group: of, locks: held, parent } = job;
  const isPlain = job.signature === null && parent === null;
  return isPlain && paused === null && needed.length === 0 && time === null && of === null && held.length === 0;
};

type BlockerRule = (state: State, job: Job, now: Time) => readonly WaitReason[];
const RULES: readonly BlockerRule[] = [broken, signature, pause, needs, approval, notBefore, group, quota, locks];
const NONE: WaitReason[] = [];

export const willRun = (
  code: WaitReason['code'],
  text: string,
  refs: string[] = [],
  since: Time | null = null,
): WaitReason => ({
  code,
  class: 'will-run',
  text,
  since,
  refs,
});
export const stuck = (
  code: WaitReason['code'],
  text: string,
  refs: string[] = [],
  since: Time | null = null,
): WaitReason => ({
  ...willRun(code, text, refs, since),
  class: 'stuck',
});

/** A claim writes the job and its locks, and nothing is written over what a person may still want to mend. */
function broken(state: State, job: Job): WaitReason[] {
  if (state.broken.size === 0) return NONE;
  const written = [...state.broken].filter(({ of }) => {
    if (of?.kind === 'lock') return job.locks.includes(of.id);
    return of?.kind === 'job' && of.id === job.id;
  });
  return written.map((it) => stuck('invalid', `${it.path} ${it.reason}; ${remedyOf(it)}`, [it.path]));
}

function signature(state: State, job: Job, now: Time): WaitReason[] {
  const problem = signatureProblem(state, job, now);
  return problem === null ? NONE : [stuck('signature', problem, [job.id])];
}

function pause(_: State, job: Job, now: Time): WaitReason[] {
  if (!inForce(job.paused, now)) return NONE;
  const { at, until } = job.paused;
  const tell = until === null ? stuck : willRun;
  return [tell('paused', `paused${said(job.paused)}`, [job.id], at)];
}

function needs(state: State, job: Job): WaitReason[] {
  if (job.needs.length === 0) return NONE;
  const unmet = unmetNeeds(state, job);
  if (unmet.length === 0) return [];
  const cycle = mayWaitForItself(state, job) ? cycleThrough(state, job) : [];
  if (cycle.length > 0) return [stuck('cycle', `waits for itself: ${[...cycle, job.id].join(' → ')}`, [...cycle])];
  const parts = new Set(job.split?.children);
  const others = unmet.filter((it) => !parts.has(it.id)).map(need);
  const open = unmet.filter((it) => parts.has(it.id));
  return open.length === 0 ? others : [...others, openParts(open, parts.size)];
}

const MOST_PARTS = 5;

/** Its parts are one reason: a part that fails ends the job, so none of them is ever lost for good here. */
function openParts(open: readonly Unmet[], all: number): WaitReason {
  const held = open.flatMap(({ job }) => (job && job.agent !== null ? [`${job.id} runs on ${job.agent}`] : []));
  const running =
    held.length > MOST_PARTS ? [...held.slice(0, MOST_PARTS), `${held.length - MOST_PARTS} more run`] : held;
  const waiting = open.filter(({ job }) => job?.status === 'queued').length;
  const how = [...running, ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'waits' : 'wait'}`] : [])].join(', ');
  const text = `waits for ${open.length} of ${all} parts${how === '' ? '' : `: ${how}`}`;
  return willRun(
    'needs-running',
    text,
    open.map(({ id }) => id),
  );
}

function need({ id, job, failed }: Unmet): WaitReason {
  if (!job) return stuck('need-missing', `needs job ${id}, which does not exist`, [id]);
  if (failed)
    return stuck(
      'need-failed',
      `needs job ${id}, which ${endedWords(job.status)}; retry that one or cancel this`,
      [id],
      job.endedAt,
    );
  const where = job.agent === null ? '' : ` on ${job.agent}`;
  return willRun('needs-running', `needs job ${id}, which is ${job.status}${where}`, [id]);
}

/** Nothing but a person's word lets it run. */
function approval(state: State, job: Job, now: Time): WaitReason[] {
  if (asksNobody(state, job)) return NONE;
  return missingApprovals(state, job, now).map((it) =>
    stuck('needs-approval', missingText(state.yard, job, it), [job.id], job.submittedAt),
  );
}

function notBefore(_: State, job: Job, now: Time): WaitReason[] {
  if (job.notBefore === null || !isBefore(now, job.notBefore)) return NONE;
  if (job.attempts.length === 0) return [willRun('not-before', `not before ${job.notBefore}`, [job.id])];
  return [willRun('backing-off', `waits until ${job.notBefore} before attempt ${job.attempts.length + 1}`, [job.id])];
}

function group(state: State, job: Job): WaitReason[] {
  if (job.group === null) return NONE;
  const holders = boardOf(state).groups.get(job.group) ?? [];
  const limit = groupLimit(state, job.group);
  if (holders.length < limit) return NONE;
  const now = holders.slice(0, 5).map(({ id, agent }) => `${id} on ${agent}`);
  const rule = `group ${job.group} runs ${limit === 1 ? 'one job' : `${limit} jobs`} at a time`;
  return [
    willRun(
      'group-full',
      `${rule}: now ${now.join(', ')}`,
      holders.slice(0, 5).map((it) => it.id),
    ),
  ];
}

function quota(state: State, job: Job, now: Time): WaitReason[] {
  if (!hasNamespaces(state.yard)) return NONE;
  return reachedQuotas(state, job, now).map(({ text, refs, isNothing }) =>
    (isNothing ? stuck : willRun)('quota-reached', text, [...refs]),
  );
}

function locks(state: State, job: Job, now: Time): WaitReason[] {
  if (job.locks.length === 0) return NONE;
  return job.locks.flatMap((name) => {
    const lock = state.locks.get(name);
    if (!lock) return [];
    const holders = liveHolders(state, lock, now);
    const line = liveWaiting(lock, now);
    // Who stands in line comes first: a job never waits in line itself, and would otherwise always be quicker.
    if (holders.length + line.length < lock.count) return [];
    return [willRun('lock-held', `lock ${name} is ${lockText(holders, line)}`, [name])];
  });
}

function lockText(holders: readonly LockHolder[], line: Lock['waiting']): string {
  const names = (list: readonly { holder: string }[]) => list.map((it) => it.holder).join(', ');
  if (holders.length === 0) return `kept for ${names(line)}`;
  const until = holders[0]?.expiresAt;
  return `held by ${names(holders)}${until ? ` until ${until}` : ''}`;
}
