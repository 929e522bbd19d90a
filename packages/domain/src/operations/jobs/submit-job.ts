/**
 * Puts a job into the queue, and cancels those that it makes needless. The same key as an open job's of the same namespace returns
 * that one: a wish told twice is one job.
 */
import { applyChanges } from '../../apply-changes.ts';
import { parametersProblem } from '../../chat/task-parameters.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import type { buildWishes, timeouts, tries } from '../../entities/job-wishes.ts';
import { namespaceNamed, namespaceOf, namespaceOfRequest } from '../../namespaces/namespace-of.ts';
import { fullQueue } from '../../namespaces/quotas.ts';
import { cycleThrough } from '../../scheduling/needs.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { newTraceparent } from '../../traces/traceparent.ts';
import { validate } from '../../validate.ts';
import { supersede } from './supersede.ts';

/** What the submitter chooses; the rest starts empty. */
export type JobRequest = Partial<
  Pick<
    Job,
    | 'repository'
    | 'branch'
    | 'commit'
    | 'toolchain'
    | 'strategy'
    | 'command'
    | 'parameters'
    | 'task'
    | 'update'
    | 'priority'
    | 'labels'
    | 'requires'
    | 'needs'
    | 'locks'
    | 'group'
    | 'key'
    | 'notBefore'
    | keyof typeof timeouts
    | keyof typeof tries
    | keyof typeof buildWishes
    | 'signature'
    | 'supersede'
    | 'assignedTo'
    | 'assignedUntil'
    | 'traceparent'
  >
>;

/** A request may be a person's file with any fields in it; nobody brings along a token or an end. */
const UNTRIED: Pick<
  Job,
  | 'status'
  | 'token'
  | 'agent'
  | 'attempts'
  | 'result'
  | 'cancelRequested'
  | 'approvals'
  | 'queuedAt'
  | 'parent'
  | 'part'
  | 'split'
  | 'endedAt'
  | 'importedFrom'
> = {
  status: 'queued',
  queuedAt: null,
  token: 0,
  agent: null,
  attempts: [],
  result: null,
  cancelRequested: null,
  approvals: [],
  parent: null,
  part: null,
  split: null,
  endedAt: null,
  importedFrom: undefined,
};

export interface SubmitJob {
  readonly id: string;
  readonly job: JobRequest;
  readonly by: string;
  /** Who committed the file of the inbox that asks for it, where that is known. */
  readonly committedBy?: string | null;
  readonly now: Time;
}

export function submitJob(state: State, { id, job: request, by, committedBy = null, now }: SubmitJob): Decision<Job> {
  const twin = openTwin(state, { ...request, submittedBy: by });
  if (twin) return accept(twin, [], `job ${twin.id} has that key`, { job: twin.id });
  if (state.jobs.has(id)) return refuse('DUPLICATE_ID', `job ${id} exists already`, [id]);

  // Before anything walks through them.
  const unfit = parametersProblem(request.task?.parameters) ?? priorityProblem(request.labels);
  if (unfit !== null) return refuse('INVALID_DATA', unfit, [id]);
  const checked = validate(
    'job',
    structuredCopy({
      ...priorityFromLabels(request),
      ...UNTRIED,
      strategyNamed: isNamed(request),
      traceparent: request.traceparent ?? newTraceparent(id),
      id,
      submittedAt: now,
      submittedBy: by,
      committedBy,
    }),
  );
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [id]);
  const job = checked.value;
  const senseless = senselessWork(job);
  if (senseless !== null) return refuse('INVALID_DATA', senseless, [id]);

  if (job.namespace !== null && !namespaceNamed(state.yard, job.namespace))
    return refuse('NOT_FOUND', `there is no namespace ${job.namespace}`, [job.namespace]);
  const cycle = cycleThrough(state, job);
  if (cycle.length > 0)
    return refuse('DEPENDENCY_CYCLE', `jobs would wait for each other: ${[...cycle, id].join(' → ')}`, cycle);
  const missing = job.needs.find((need) => !state.jobs.has(need));
  if (missing !== undefined) return refuse('UNKNOWN_NEED', `needs job ${missing}, which does not exist`, [missing]);
  const cancelled = supersede(state, job, now);
  const full = fullQueue(applyChanges(state, cancelled), job, now);
  if (full !== undefined) return refuse('QUOTA_REACHED', full, [id]);
  const superseded = cancelled.filter((it) => it.kind === 'job' && it.value?.parent === null).length;
  const more = superseded === 0 ? '' : `, superseding ${superseded}`;
  const summary = `submit job ${id}${job.branch ? ` for ${job.branch}` : ''}${more}`;
  return accept(job, [putJob(job), ...cancelled], summary, { job: id });
}

/** Where a repository decides nothing, there is nothing to leave open. */
const isNamed = ({ strategy, repository, command }: JobRequest): boolean =>
  (strategy ?? null) !== null || (repository ?? null) === null || (command ?? null) !== null;

/** Two teams may think of the same word. */
function openTwin({ yard, jobs }: State, asked: JobRequest & { readonly submittedBy: string }): Job | undefined {
  const { key = null } = asked;
  if (key === null) return undefined;
  const whose = namespaceOfRequest(yard, asked);
  for (const job of jobs) if (job.key === key && !isFinished(job) && namespaceOf(yard, job) === whose) return job;
  return undefined;
}

function senselessWork(job: Job): string | null {
  if (job.update) return senselessUpdate(job);
  const { repository, command, toolchain, task } = job;
  if (task === null) return repository === null && command === null ? 'a job needs a repository or a command' : null;
  if (repository !== null || command !== null || toolchain !== null)
    return 'a task has no repository, command or toolchain: what is done with it is for its processor';
  return task.text.trim() === '' ? 'a task needs a text' : null;
}

function senselessUpdate({ repository, command, toolchain, task, assignedTo, assignedUntil }: Job): string | null {
  if (repository !== null || command !== null || toolchain !== null || task !== null)
    return 'an update builds nothing: it has no repository, command, toolchain or task';
  return assignedTo === null || assignedUntil !== null ? 'an update is for one agent, and for no other later' : null;
}

/** Older systems say the priority in a label, `priority-3`; as a label it would ask for an agent that does not exist. */
const SPOKEN = /^priority-(-?\d+)$/;
const spokenIn = (labels: readonly string[] = []): readonly string[] => labels.filter((it) => SPOKEN.test(it));
const spokenNumber = (label: string): number => Number(label.slice('priority-'.length));

function priorityProblem(labels: readonly string[] | undefined): string | null {
  const spoken = spokenIn(labels);
  const outside = spoken.find((it) => spokenNumber(it) < 1 || spokenNumber(it) > 10);
  if (outside !== undefined) return `${outside}: priorities go from 1 (first) to 10 (last)`;
  const [first = '', other] = [...new Set(spoken)];
  return other === undefined ? null : `${first} and ${other}: a job has one priority`;
}

function priorityFromLabels(request: JobRequest): JobRequest {
  const [spoken] = spokenIn(request.labels);
  if (spoken === undefined) return request;
  const labels = request.labels?.filter((label) => !label.startsWith('priority-'));
  return { ...request, labels, priority: request.priority ?? spokenNumber(spoken) };
}

/** Validation fills defaults in, and what it fills must not be the caller's own value. */
const structuredCopy = (value: object): unknown => JSON.parse(JSON.stringify(value));
