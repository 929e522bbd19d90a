/**
 * The older jobs that a new one makes needless, cancelled in the same commit. Only what asks for the very same work counts:
 * the build of another configuration on the same branch is nobody's older version. What an open job needs is left alone.
 */
import type { Job } from '../../entities/job.ts';
import { namespaceOf } from '../../namespaces/namespace-of.ts';
import { boardOf } from '../../scheduling/board.ts';
import { type Change, putJob, type State } from '../../state.ts';
import { isBefore, type Time } from '../../time.ts';
import { endOfKin } from './family.ts';

export function supersede(state: State, job: Job, now: Time): readonly Change[] {
  if (job.supersede === null) return [];
  const { queued, held } = boardOf(state);
  const needed = new Set([job, ...queued].flatMap((it) => it.needs));
  const older = [...queued, ...(job.supersede === 'running' ? held : [])].filter(
    (it) =>
      it.parent === null &&
      isOlder(it, job) &&
      isSameWork(it, job) &&
      namespaceOf(state.yard, it) === namespaceOf(state.yard, job) &&
      !needed.has(it.id) &&
      it.cancelRequested === null,
  );
  const cancelRequested = { by: job.submittedBy, at: now, reason: `superseded by job ${job.id}` };
  return older.flatMap((it) => {
    const ended: Job =
      it.status === 'queued'
        ? { ...it, status: 'cancelled', cancelRequested, endedAt: now }
        : { ...it, cancelRequested };
    return [putJob(ended), ...endOfKin(state, ended, { by: job.submittedBy, now })];
  });
}

/** What was accepted on a machine without a remote may come late, and must not cancel what came after it. */
const isOlder = (other: Job, job: Job): boolean => other.id !== job.id && !isBefore(job.submittedAt, other.submittedAt);

const WORK = [
  'repository',
  'branch',
  'group',
  'toolchain',
  'strategy',
  'command',
  'parameters',
  'labels',
  'requires',
] as const;
const isSameWork = (a: Job, b: Job): boolean =>
  WORK.every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]));
