/** A lock has no more holders than it counts, and its token fences: whoever comes later has a higher one. */
import { isHeld } from '../entities/job.ts';
import type { Lock } from '../entities/lock.ts';
import { lockHolderOf } from '../scheduling/lock-room.ts';
import { nextToken } from '../scheduling/next-token.ts';
import { holds } from './job-claim.ts';
import { type AuditedOperation, has, isImported, releases, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function holdersFit(lock: Lock): readonly string[] {
  const tokens = new Set(lock.holders.map((it) => it.token));
  const names = new Set(lock.holders.map((it) => it.holder));
  const shared = tokens.size < lock.holders.length || names.size < lock.holders.length;
  const tooHigh = lock.holders.some((it) => it.token > lock.token);
  return [
    ...(lock.holders.length > lock.count
      ? [`lock ${lock.name} has ${lock.holders.length} of ${lock.count} holders`]
      : []),
    ...(shared ? [`two holders of lock ${lock.name} share a name or a token`] : []),
    ...(tooHigh ? [`lock ${lock.name} is at token ${lock.token}, below that of a holder`] : []),
  ];
}

export function lockTokenRises({ id, before, after }: Transition<Lock>, step: Step): readonly string[] {
  if (!before) return [];
  if (!after) return [`lock ${id} vanished, and its token would begin again`];
  if (after.token < before.token) return [`the token of lock ${id} fell from ${before.token} to ${after.token}`];
  const from = before.token === after.token ? after.token : nextToken(step.before, before.token) - 1;
  const rise = after.token - from;
  const acquisitions = operationsOnLock(step, id).filter((it) => ACQUIRES.includes(it.operation)).length;
  if (rise < 0) return [`lock ${id} got token ${after.token}, which may have been given out before the restore`];
  if (rise > acquisitions)
    return [`the token of lock ${id} went from ${before.token} to ${after.token} with ${acquisitions} acquisitions`];
  const known = new Set(before.holders.map((it) => `${it.token} ${it.holder}`));
  return after.holders
    .filter((it) => !known.has(`${it.token} ${it.holder}`) && it.token <= before.token)
    .map((it) => `${it.holder} got lock ${id} under token ${it.token}, not above ${before.token}`);
}

/** An import brings locks with their holders, for as long as those had them there. */
export function holdersMoveByOperation({ id, before, after }: Transition<Lock>, step: Step): readonly string[] {
  if (!after || operationsOnLock(step, id).length > 0 || (!before && isImported(after, step))) return [];
  if (sameValue(before?.holders ?? [], after.holders)) return [];
  const [from, to] = [before?.holders ?? [], after.holders].map((it) => it.map(({ holder }) => holder).join(', '));
  return [
    `the holders of lock ${id} were changed (from ${from || 'nobody'} to ${to || 'nobody'}) by no operation on it`,
  ];
}

export function countMovesByOperation({ id, before, after }: Transition<Lock>, step: Step): readonly string[] {
  if (!before || !after || before.count === after.count) return [];
  if (operationsOnLock(step, id).some((it) => it.operation === 'acquire')) return [];
  return [`lock ${id} counted ${before.count} holders and now counts ${after.count}, by no acquisition`];
}

/** The other side of `keepsItsLocks`: here the lock changed, and the job perhaps not. */
export function jobKeepsLock({ id, before, after }: Transition<Lock>, step: Step): readonly string[] {
  if (!before || !after || has(step, 'break', 'take-up')) return [];
  const names = new Set(before.holders.map((it) => it.holder));
  for (const { holder } of after.holders) names.delete(holder);
  return [...names].flatMap((holder) => {
    const job = step.after.jobs.get(holder.replace(/^job\//, ''));
    const lost =
      job && lockHolderOf(job) === holder && isHeld(job) && job.locks.includes(id) && !holds(step.after, id, job);
    return lost ? [`job ${job.id} lost its lock ${id} while ${job.status}`] : [];
  });
}

const ACQUIRES: readonly string[] = ['acquire', 'claim'];
/** A job takes its locks with its claim and gives them back when it is let go. */
const BY_A_JOB: readonly string[] = ['claim', 'finish', 'requeue'];

/** The operations of a commit that may have touched this lock. A file of the inbox may break any. */
function operationsOnLock(step: Step, name: string): readonly AuditedOperation[] {
  const jobs = (step.before.locks.get(name)?.holders ?? []).map(({ holder }) => holder.replace(/^job\//, ''));
  return step.operations.filter((it) => {
    const { operation, lock, job } = it;
    if (operation === 'take-up' || lock === name || jobs.some((id) => releases(step, it, id))) return true;
    return job !== null && BY_A_JOB.includes(operation) && namesLock(step, job, name);
  });
}

const namesLock = ({ before, after }: Step, jobId: string, lock: string): boolean =>
  [before, after].some((state) => state.jobs.get(jobId)?.locks.includes(lock) ?? false);
