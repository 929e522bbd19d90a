/**
 * Claims jobs while a slot is free, and runs each beside the others. Decides from the state in memory whether there is
 * anything to claim, so that a request is only made when it will most likely be granted. Returns when it may claim no
 * more; what it began runs on.
 */
import { type Job, traceparentOf } from '@gityard/domain';
import { inTrace } from '@gityard/telemetry';
import type { AgentContext, JobEnd } from '../context.ts';
import { forgotten, type Holding } from '../jobs/holding.ts';
import { tellClaimed } from '../jobs/job-spans.ts';
import { nextJob } from '../jobs/next-job.ts';
import { notAllowed } from '../jobs/not-allowed.ts';
import { runOneJob } from '../jobs/run-one-job.ts';
import { checksSignatures } from '../jobs/trusted-job.ts';
import type { AgentExit } from '../options.ts';
import { jittered, monotonicMs } from '../pause.ts';
import { claimTurnMs } from '../peers.ts';
import { sandboxFor } from '../sandbox.ts';
import { keyOf, type LoopLine, type Refusal } from '../status-board.ts';
import { textOf } from '../trouble.ts';
import { settle } from '../update/after-trial.ts';

type Claimed = Pick<Holding, 'job' | 'sinceMs'>;

/** Our place in the line of those who would claim the same job. */
interface Turn {
  readonly job: string;
  readonly dueMs: number;
}

/** How long somebody who asked for one job only waits for the first heartbeat. */
const PATIENCE_MS = 60_000;

export async function work(context: AgentContext, line: LoopLine): Promise<void> {
  const { bell, drain, yard, options } = context;
  const told = new Set<string>();
  const patientUntilMs = monotonicMs() + PATIENCE_MS;
  let turn: Turn | undefined;
  while (!drain.aborted) {
    const since = bell.count;
    await settle(context);
    for (const job of forgotten(context)) begin(context, { job, sinceMs: monotonicMs() });
    if (options.once && context.running.size > 0) break;

    const { job, doing, tooEarly, distrusted } = await nextJob(context);
    turn = job && turnFor(context, job, turn);
    const waitMs = turn ? turn.dueMs - monotonicMs() : jittered(yard.state.yard.poll.seconds * 1000, 0.1);
    if (!job) tellNotAllowed(context, told);
    if (!job && options.once && monotonicMs() >= (tooEarly ? patientUntilMs : 0))
      return context.end(tooEarly ? nobodySeesUs(context) : await nothingToDo(context, doing, distrusted));
    line.doing(doing, Math.max(0, waitMs));
    if (job && turn && waitMs <= 0) {
      turn = undefined;
      await claim(context, line, job);
    } else {
      // Time alone can make a job ready as well: a back-off that ends, a moment before which it was not to run.
      const ms = tooEarly && options.once ? Math.min(waitMs, patientUntilMs - monotonicMs()) : waitMs;
      await bell.wait({ since, ms, signal: drain });
    }
  }
}

/** The turn is kept while the same job is in sight; for another one the line forms anew. */
function turnFor(context: AgentContext, job: Job, before: Turn | undefined): Turn {
  if (before?.job === job.id) return before;
  return { job: job.id, dueMs: monotonicMs() + claimTurnMs(context, job) };
}

/** Once for each thing that would have to be allowed, however many jobs ask for it. */
function tellNotAllowed(context: AgentContext, told: Set<string>): void {
  const found = notAllowed(context);
  const about = found?.allow || found?.text;
  if (!found || about === undefined || told.has(about)) return;
  told.add(about);
  context.emit({ kind: 'not-allowed', job: found.job.id, text: found.text, allow: found.allow });
}

const nobodySeesUs = ({ self }: AgentContext): AgentExit => ({
  code: 5,
  reason: `no heartbeat of agent ${self.id} came through for ${PATIENCE_MS / 1000} s`,
  error: 'REMOTE_UNREACHABLE',
  hint: 'see whether the live branch of the yard can be written',
});

async function nothingToDo(context: AgentContext, doing: string, distrusted: Refusal | undefined): Promise<AgentExit> {
  if (distrusted) return { code: 6, reason: doing, error: 'SIGNATURE', hint: TRUST_HINT };
  const choice = await sandboxFor(context.policy);
  if (!choice.ok && context.options.processor === undefined)
    return { code: 6, reason: choice.reason, error: 'POLICY', hint: choice.hint };
  const found = notAllowed(context);
  if (found) {
    const hint = found.allow === '' ? {} : { hint: `allow it with: gityard agent ${found.allow}` };
    return { code: 6, reason: found.text, error: 'POLICY', ...hint };
  }
  return { code: 1, reason: `nothing to run for agent ${context.self.id}: ${doing}`, error: 'NO_RUNNABLE_JOB' };
}

const TRUST_HINT = 'gityard key trust names a key whose jobs may run here';

/** The job is chosen again on the head that the claim meets; a refusal means that somebody was quicker. */
async function claim(context: AgentContext, line: LoopLine, job: Job): Promise<void> {
  const { yard, self, bell, drain, options } = context;
  const since = bell.count;
  const sinceMs = monotonicMs();
  // Where signatures count, or one before it was passed over, it is this one that was looked at, and no other.
  const isOnly = checksSignatures(context) || context.board.doings().refuses.length > 0;
  const only = isOnly ? { jobId: job.id } : {};
  const now = yard.now();
  const answer = await inTrace(traceparentOf(job), () =>
    yard.perform('claim', { agentId: self.id, boot: self.boot, now, ...only }),
  );
  if (answer.ok) tellClaimed(answer.result, { asked: job, from: now, to: yard.now() });
  if (answer.ok) return begin(context, { job: answer.result, sinceMs });
  if (options.once) return context.end({ code: 1, reason: answer.reason, error: answer.code });
  const ms = yard.state.yard.poll.seconds * 1000;
  // Not somebody who was quicker, but a file that has to be written with it: a person has to mend that.
  if (answer.code === 'INVALID_DATA' || answer.code === 'NEWER_SCHEMA') line.failed(answer.reason, ms);
  else line.doing(answer.reason, ms);
  await bell.wait({ since, ms, signal: drain });
}

function begin(context: AgentContext, claimed: Claimed): void {
  const key = keyOf(claimed.job);
  const run = runToItsEnd(context, claimed);
  context.running.set(key, run);
  void run.then((end) => {
    context.running.delete(key);
    context.bell.ring();
    if (context.options.once) context.end(exitAfter(end));
  });
}

/** Never rejects: one job that could not be run is no reason to lose the others. */
async function runToItsEnd(context: AgentContext, claimed: Claimed): Promise<JobEnd> {
  try {
    return await runOneJob(context, claimed);
  } catch (error) {
    return { job: claimed.job.id, status: 'released', text: textOf(error) };
  }
}

function exitAfter({ job, status, text, error }: JobEnd): AgentExit {
  if (status === 'succeeded') return { code: 0, reason: `job ${job} succeeded`, error: null };
  if (status === 'split') return { code: 0, reason: `job ${job} was ${text}`, error: null };
  const reason = `job ${job} ${status}: ${text}`;
  if (error === 'NEWER_SCHEMA') return { code: 7, reason, error };
  return error === undefined ? { code: 1, reason, error: null } : { code: 5, reason, error };
}
