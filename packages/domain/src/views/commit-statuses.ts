/**
 * What a host is to be told of the builds of its commits: one status for each branch that a commit was built for, by the newest
 * job. A status of what waits says what is missing. Knows no host.
 */
import { branchOf, profilesOf } from '../branches/profiles.ts';
import type { BranchProfile } from '../entities/branch-profiles.ts';
import { currentAttempt, isFinished, isHeld, type Job, whyEnded } from '../entities/job.ts';
import type { State } from '../state.ts';
import { clipped } from '../text.ts';
import { DAY_MS, elapsedMs, type Time } from '../time.ts';
import { type Explanation, explain } from './explain.ts';
import { waitingLine } from './waiting-line.ts';

export interface CommitStatus {
  readonly repository: string;
  /** Whole, in lower case. */
  readonly commit: string;
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  /** At most 140 characters. */
  readonly description: string;
  readonly targetUrl: string | null;
  /** Another one is news; other words of the same are not. */
  readonly says: string;
  readonly job: string;
}

const LONGEST_TEXT = 140;
const LONGEST_CONTEXT = 100;
const WHOLE = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Of all that is open or ended within a day, the newest jobs first. */
export function commitStatuses(state: State, now: Time): readonly CommitStatus[] {
  const told = [...state.jobs].filter((job) => isTold(state, job, now)).sort((a, b) => (a.id > b.id ? -1 : 1));
  const profiles = profilesOf(state);
  const newest = new Map<string, { readonly job: Job; readonly context: string }>();
  for (const job of told) {
    const context = contextOf(job, profiles);
    const key = JSON.stringify([job.repository, commitOf(state, job), context]);
    if (!newest.has(key)) newest.set(key, { job, context });
  }
  return [...newest.values()].map(({ job, context }) => statusOf(state, job, { context, now }));
}

/** A part is not the build, and a commit that nobody knows in whole cannot be named to a host. */
function isTold(state: State, job: Job, now: Time): boolean {
  const { repository, parent, endedAt, status } = job;
  if (repository === null || parent !== null || !WHOLE.test(commitOf(state, job))) return false;
  return status === 'queued' || endedAt === null || elapsedMs(endedAt, now) < DAY_MS;
}

/** Which commit a branch had is known when it was built, by what came of it. */
const commitOf = ({ manifests }: State, { id, commit }: Job): string =>
  (commit ?? manifests.get(id)?.commit ?? '').toLowerCase();

function contextOf({ repository, branch }: Job, profiles: readonly BranchProfile[]): string {
  const profile = profiles.find((it) => it.repository === repository && branchOf(it) === branch);
  return clipped(`gityard/${profile?.name ?? branch ?? 'build'}`, LONGEST_CONTEXT);
}

function statusOf(state: State, job: Job, { context, now }: { context: string; now: Time }): CommitStatus {
  const { id, repository } = job;
  const told = isFinished(job) ? ofEnded(job) : isHeld(job) ? ofHeld(job) : ofWaiting(job, explained(state, job, now));
  return {
    repository: repository ?? '',
    commit: commitOf(state, job),
    context,
    targetUrl: linkTo(state, id),
    job: id,
    ...told,
    says: [id, job.token, told.says].join(' '),
    description: clipped(told.description, LONGEST_TEXT),
  };
}

type Told = Pick<CommitStatus, 'state' | 'description' | 'says'>;

function ofEnded(job: Job): Told {
  const { status } = job;
  const attempt = currentAttempt(job);
  if (status === 'succeeded') return { state: 'success', says: status, description: `Succeeded on ${attempt?.agent}` };
  if (status === 'cancelled') return { state: 'error', says: status, description: 'Cancelled' };
  if (status === 'expired')
    return { state: 'error', says: status, description: 'Expired: nobody could take it in time' };
  // What was built is to blame for these alone.
  const isOwn = attempt?.cause == null || attempt.cause === 'code' || attempt.cause === 'timeout';
  const why = whyEnded(job) ?? (attempt?.exitCode == null ? `on ${attempt?.agent}` : `exit code ${attempt.exitCode}`);
  return { state: isOwn ? 'failure' : 'error', says: status, description: `Failed: ${why}` };
}

const ofHeld = ({ agent, status }: Job): Told => ({
  state: 'pending',
  says: `${status} on ${agent}`,
  description: status === 'claimed' ? `Begins on ${agent}` : `Runs on ${agent}`,
});

function ofWaiting(job: Job, { canEverRun, reasons }: Explanation): Told {
  // What only a person can mend comes before what time mends.
  const reason = reasons.find((it) => it.class === 'stuck') ?? reasons[0];
  const again = job.attempts.length > 0 ? `attempt ${job.attempts.length + 1}: ` : '';
  return {
    state: 'pending',
    says: `queued ${reason?.code}`,
    description: `${canEverRun ? again : 'Stuck: '}${reason?.text ?? 'waits for its turn'}`,
  };
}

/** The whole line is explained in one pass, once for all of them. */
const explained = (state: State, job: Job, now: Time): Explanation =>
  lineOf(state, now).get(job.id) ?? explain(state, job, now);

const lines = new WeakMap<ReturnType<typeof waitingLine>, ReadonlyMap<string, Explanation>>();

function lineOf(state: State, now: Time): ReadonlyMap<string, Explanation> {
  const line = waitingLine(state, now);
  const known = lines.get(line) ?? new Map(line.map(({ job, explanation }) => [job.id, explanation]));
  lines.set(line, known);
  return known;
}

function linkTo({ yard: { statuses, monitor } }: State, job: string): string | null {
  const page = statuses.url ?? monitor.url;
  return page === null ? null : `${page.replace(/#.*$/, '')}#/jobs/${encodeURIComponent(job)}`;
}
