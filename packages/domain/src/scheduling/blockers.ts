/**
 * What keeps a queued job from being claimed by anyone, whatever agents there are. `claim` takes only a job without
 * blockers and `explain` prints them, so the two cannot disagree.
 */
import { remedyOf } from '../broken-file.ts';
import type { Job } from '../entities/job.ts';
import type { Lock, LockHolder } from '../entities/lock.ts';
import type { WaitReason } from '../entities/read-model.ts';
import type { State } from '../state.ts';
import { endedWords } from '../text.ts';
import { isBefore, type Time } from '../time.ts';
import { boardOf } from './board.ts';
import { liveHolders, liveWaiting } from './lock-room.ts';
import { cycleThrough, mayWaitForItself, type Unmet, unmetNeeds } from './needs.ts';

export function blockers(state: State, job: Job, now: Time): readonly WaitReason[] {
  return [
    ...broken(state, job),
    ...pause(job),
    ...needs(state, job),
    ...notBefore(job, now),
    ...group(state, job),
    ...locks(state, job, now),
  ];
}

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
  if (state.broken.size === 0) return [];
  const written = [...state.broken].filter(({ of }) => {
    if (of?.kind === 'lock') return job.locks.includes(of.id);
    return of?.kind === 'job' && of.id === job.id;
  });
  return written.map((it) => stuck('invalid', `${it.path} ${it.reason}; ${remedyOf(it)}`, [it.path]));
}

function pause(job: Job): WaitReason[] {
  if (!job.paused) return [];
  const { by, reason, at } = job.paused;
  return [stuck('paused', `paused by ${by}${reason ? `: ${reason}` : ''}`, [job.id], at)];
}

function needs(state: State, job: Job): WaitReason[] {
  const unmet = unmetNeeds(state, job);
  if (unmet.length === 0) return [];
  const cycle = mayWaitForItself(state, job) ? cycleThrough(state, job) : [];
  if (cycle.length > 0) return [stuck('cycle', `waits for itself: ${[...cycle, job.id].join(' → ')}`, [...cycle])];
  return unmet.map(need);
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

function notBefore(job: Job, now: Time): WaitReason[] {
  if (job.notBefore === null || !isBefore(now, job.notBefore)) return [];
  if (job.attempts.length === 0) return [willRun('not-before', `not before ${job.notBefore}`, [job.id])];
  return [willRun('backing-off', `waits until ${job.notBefore} before attempt ${job.attempts.length + 1}`, [job.id])];
}

function group(state: State, job: Job): WaitReason[] {
  const holder = job.group === null ? undefined : boardOf(state).groups.get(job.group);
  if (!holder) return [];
  return [
    willRun('group-full', `group ${job.group} runs one job at a time: now ${holder.id} on ${holder.agent}`, [
      holder.id,
    ]),
  ];
}

function locks(state: State, job: Job, now: Time): WaitReason[] {
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
