/** Notes that a person agrees that a waiting job runs. What it takes altogether, and whose word counts, is for approval/ to say. */
import { gatesOf } from '../../approval/gates.ts';
import { countingFor, digestOf, isOwnWork, mayApprove, missingApprovals, whoText } from '../../approval/standing.ts';
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import type { Approval } from '../../entities/approval.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { isSamePerson, personOf } from '../../people/people.ts';
import { putJob, type State } from '../../state.ts';
import { clipped, clippedOrNull, endedWords } from '../../text.ts';
import type { Time } from '../../time.ts';

export interface ApproveJob {
  readonly jobId: string;
  /** Any name of the person. */
  readonly by: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function approveJob(state: State, { jobId, by, reason, now }: ApproveJob): Decision<Job> {
  const found = askedJob(state, { jobId, by });
  if (!found.ok) return found;
  const { job } = found;
  const { yard } = state;
  const person = personOf(yard, by) ?? by;
  const subject = { job: job.id, reason };
  const own = gatesOf(state, job).filter((gate) => mayApprove(yard, gate, job, person));
  if (own.every((gate) => countingFor(yard, gate, job, now).includes(person)))
    return accept(job, [], `job ${job.id} has the approval of ${person} already`, subject);

  const approval: Approval = {
    by: clipped(person, 255),
    at: now,
    reason: clippedOrNull(reason, 1000),
    of: digestOf(job),
  };
  const others = job.approvals.filter((it) => it.of === approval.of && !isSamePerson(yard, it.by, person));
  const approved: Job = { ...job, approvals: [...others, approval] };
  const missing = missingApprovals(state, approved, now).length;
  // It was not the queue that kept it until now.
  const waiting: Job = missing === 0 ? { ...approved, queuedAt: now } : approved;
  return accept(waiting, [putJob(waiting)], `approve job ${job.id} as ${person}`, subject);
}

/** A job that waits for approvals, and somebody whose word counts for one of them. */
export function askedJob(
  state: State,
  { jobId, by }: Pick<ApproveJob, 'jobId' | 'by'>,
): { readonly ok: true; readonly job: Job } | Refused {
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const { value: job } = found;
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${job.id} ${endedWords(job.status)} already`, [job.id]);
  if (job.status !== 'queued') return refuse('CONFLICT', `job ${job.id} is ${job.status} already`, [job.id]);
  const gates = gatesOf(state, job);
  if (gates.length === 0) return refuse('NOTHING_TO_DO', `job ${job.id} needs nobody's approval`, [job.id]);
  if (gates.some((gate) => mayApprove(state.yard, gate, job, by))) return { ok: true, job };
  const whose = isOwnWork(state.yard, job, by) ? `, which ${by} asked for` : '';
  const who = gates.map((gate) => whoText(state.yard, gate, job)).join('; ');
  return refuse('DENIED', `${by} may not approve or reject job ${job.id}${whose}; it is for ${who}`, [job.id]);
}
