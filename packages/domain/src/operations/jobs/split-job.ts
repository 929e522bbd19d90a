/**
 * The holder turns its job into a graph of jobs: the children come, its attempt ends, and the job waits for all of them in the
 * queue, to be claimed once more when their results can be put together. One commit, so there is no half of it.
 */
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import { currentAttempt, type Job } from '../../entities/job.ts';
import { MOST_CHILDREN, type Split } from '../../entities/split.ts';
import { putJob, type State } from '../../state.ts';
import { validate } from '../../validate.ts';
import { heldJob, keptStages, withAttempt } from './held-job.ts';
import { giveLocksBack } from './job-locks.ts';
import { partJob } from './part-job.ts';
import { resolved, type SplitJob } from './split-wish.ts';

export function splitJob(state: State, input: SplitJob): Decision<Job> {
  const { jobId, agentId, token, now } = input;
  const subject = { agent: agentId, job: jobId, token };
  const split = splitFrom(input);
  const before = state.jobs.get(jobId);
  if (before && isSplitSo(before, input)) return accept(before, [], `job ${jobId} is split so already`, subject);
  const held = heldJob(state, input);
  if (!held.ok) return held;
  const unfit = unfitJob(held.job) ?? unfitChildren(state, input);
  if (unfit) return unfit;

  const ended = withAttempt(held.job, { status: 'split', stages: keptStages(input.stages), endedAt: now });
  const checked = validate('job', asData({ ...waiting(ended, input), split }));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [jobId]);
  const parts = input.children.map((child) => partJob(state, { parent: held.job, child, input }));
  const wrong = parts.find((it) => !it.ok);
  if (wrong) return refuse('INVALID_DATA', wrong.reason, [jobId]);
  const job = checked.value;
  const changes = [
    putJob(job),
    ...parts.flatMap((it) => (it.ok ? [putJob(it.value)] : [])),
    ...giveLocksBack(state, job),
  ];
  const what = input.kind === 'canary' ? 'a canary' : `${split.children.length} parts in ${split.waves} waves`;
  return accept(job, changes, `split job ${jobId}: ${what}`, subject);
}

function splitFrom(input: SplitJob): Split {
  const { kind, waves, projects, agents, criticalPath, aloneSeconds, togetherSeconds, now: at } = input;
  const children = input.children.map((it) => it.id);
  return { kind, at, children, waves, projects, agents, failure: null, criticalPath, aloneSeconds, togetherSeconds };
}

/** It waits for its children beside what it needed before: a retry may have to wait for that again. */
const waiting = (job: Job, { children, commit, branch, now }: SplitJob): Job => ({
  ...job,
  ...resolved(job, { commit, branch }),
  status: 'queued',
  agent: null,
  queuedAt: now,
  needs: [...job.needs, ...children.map((it) => it.id)],
});

/** Asked twice, because the answer was lost. */
function isSplitSo(job: Job, { token, children }: SplitJob): boolean {
  const last = currentAttempt(job);
  if (last?.token !== token || last.status !== 'split') return false;
  return (
    children.every((it, at) => job.split?.children[at] === it.id) && job.split?.children.length === children.length
  );
}

function unfitJob({
  id,
  strategy,
  strategyNamed,
  split,
  part,
  locks,
  group,
  cancelRequested,
}: Job): Refused | undefined {
  if (cancelRequested !== null) return refuse('CONFLICT', `job ${id} is to be cancelled`, [id]);
  if (strategyNamed && strategy !== 'Distributed' && strategy !== 'Canary')
    return refuse('CONFLICT', `job ${id} is built ${strategy}; only a Distributed or a Canary one is split`, [id]);
  if (split !== null || part !== null) return refuse('CONFLICT', `job ${id} is a part or has parts already`, [id]);
  if (locks.length === 0 && group === null) return undefined;
  return refuse('CONFLICT', `job ${id} holds locks or counts in a group, and so would not do it from several agents`, [
    id,
  ]);
}

function unfitChildren(state: State, { jobId, children }: SplitJob): Refused | undefined {
  if (children.length === 0 || children.length > MOST_CHILDREN)
    return refuse('INVALID_DATA', `job ${jobId} cannot have ${children.length} parts, only 1 to ${MOST_CHILDREN}`, [
      jobId,
    ]);
  const before = new Set<string>();
  for (const { id, needs, assignedTo } of children) {
    if (before.has(id) || state.jobs.has(id)) return refuse('DUPLICATE_ID', `job ${id} exists already`, [id]);
    const missing = needs.find((it) => !before.has(it));
    if (missing !== undefined)
      return refuse('UNKNOWN_NEED', `part ${id} needs ${missing}, which is no part before it`, [id]);
    if (assignedTo !== null && !state.agents.has(assignedTo))
      return refuse('UNKNOWN_AGENT', `agent ${assignedTo} has not registered`, [assignedTo]);
    before.add(id);
  }
  return undefined;
}

/** Validation fills defaults in, and what it fills must not be the caller's own value. */
const asData = (value: object): unknown => JSON.parse(JSON.stringify(value));
