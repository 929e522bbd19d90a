/**
 * Hands a result in: exactly once, under the token it was made with. It is in the spool before anybody is asked, with the log
 * that it names, so that neither a lost remote nor a lost process loses an hour of building; the loop of the spool does the
 * asking. A result that comes too late is kept as a note on its attempt, never as the result.
 */
import type { BuildOutcome } from '@gityard/builder';
import { type InputOf, isFinished } from '@gityard/domain';
import type { Acceptance, Settled, Spooled } from '@gityard/yard';
import type { AgentContext, JobEnd } from '../context.ts';
import { atMost } from '../pause.ts';
import { textOf } from '../trouble.ts';
import { rememberEnd } from '../trust/seen-jobs.ts';
import type { Finish } from './finish-from.ts';
import { type GaveUp, handInFromMemory } from './hand-in-from-memory.ts';

export interface Result {
  readonly finish: Finish;
  /** For the logs ref. */
  readonly files: BuildOutcome['files'];
}

export async function handIn(context: AgentContext, result: Result): Promise<JobEnd> {
  const { finish } = result;
  const end = endFrom(context, finish, await settled(context, result));
  await noteEnd(context, finish, end);
  context.emit({ kind: 'ended', job: finish.jobId, token: finish.token, status: end.status, text: end.text });
  return end;
}

/** Of a signed job that is not to run again. One with tries left is queued anew by the same operation, and has not ended. */
async function noteEnd({ self, yard }: AgentContext, { jobId, token }: Finish, { status }: JobEnd): Promise<void> {
  const job = yard.state.jobs.get(jobId);
  const isOver = job !== undefined && job.token === token && isFinished(job);
  const ended = status === 'succeeded' ? status : isOver && job.status;
  if (!ended) return;
  try {
    await rememberEnd(self.home, { jobId, status: ended, token });
  } catch (error) {
    // The result stands all the same, and the history of the yard tells it as well.
    if ((error as { code?: unknown }).code === undefined) throw error;
  }
}

async function settled(context: AgentContext, result: Result): Promise<Settled | GaveUp> {
  try {
    return await settledAs(context, await acceptResult(context, result));
  } catch (error) {
    if ((error as { code?: unknown }).code === undefined) throw error;
    // A result that cannot be written down can still be handed in.
    return handInFromMemory(context, result.finish);
  }
}

/** The finish comes last, and names the log only when that is kept with it. */
async function acceptResult(context: AgentContext, { finish, files }: Result): Promise<Acceptance | undefined> {
  const log = files.find((it) => it.path.endsWith('.json'))?.path ?? files[0]?.path ?? null;
  const { agentId: agent, jobId: job, token } = finish;
  if (log === null) return accept(context, [finishing(finish, null)]);
  try {
    return await accept(context, [{ log: { agent, job, files } }, finishing(finish, log)]);
  } catch {
    // Too long for the spool, or there is no room for logs any more: it is published now, or never.
    const error = await publishNow(context, { finish, files });
    if (error) context.emit({ kind: 'log-lost', job, token, text: `the log of job ${job} is lost: ${textOf(error)}` });
    return accept(context, [finishing(finish, error ? null : log)]);
  }
}

const PUBLISH_MS = 20_000;

async function publishNow({ yard, giveUp }: AgentContext, { finish, files }: Result): Promise<Error | undefined> {
  const keep = yard.state.yard.retention.logsPerAgent;
  const signal = atMost(PUBLISH_MS, giveUp);
  try {
    await yard.logs.publish(files, { agent: finish.agentId, job: finish.jobId, keep, signal });
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

const finishing = (finish: Finish, log: string | null): Spooled => ({
  operation: { name: 'finish', input: { ...finish, result: { ...finish.result, log } } },
});

/** How the last of them ends is what is waited for. */
async function accept({ spool, bell }: AgentContext, items: readonly Spooled[]): Promise<Acceptance | undefined> {
  const accepted = await spool.accept(items);
  bell.ring();
  return accepted.at(-1);
}

async function settledAs(context: AgentContext, acceptance: Acceptance | undefined): Promise<Settled | GaveUp> {
  const { bell, cancel, drain, options, spool } = context;
  let settled: Settled | undefined;
  void acceptance?.settled.then((it) => {
    settled = it;
    bell.ring();
  });
  for (;;) {
    const since = bell.count;
    if (settled) return settled;
    const { held } = spool;
    // Only another program can hand it in: whoever tells us to stop, or wanted one job alone, is about to start that one.
    if (cancel.aborted || (held && (drain.aborted || options.once))) return { kind: 'kept', held };
    await bell.wait({ since, ms: LONGEST_WAIT_MS, signal: cancel });
  }
}
const LONGEST_WAIT_MS = 60_000;

function endFrom({ yard }: AgentContext, finish: Finish, settled: Settled | GaveUp): JobEnd {
  const { jobId: job, token, status, reason, cause = null } = finish;
  const ended: JobEnd = { job, status, text: reason ?? status, cause };
  if (settled.kind === 'done') return ended;
  if (settled.kind === 'kept') return kept(job, settled);
  if (settled.kind !== 'elsewhere') return { job, status: 'late', text: settled.reason };
  const attempt = yard.state.jobs.get(job)?.attempts.find((it) => it.token === token);
  return attempt?.status === status ? ended : { job, status: 'late', text: 'the job had been given to another holder' };
}

function kept(job: string, { held }: GaveUp): JobEnd {
  const why = held?.reason ?? 'the yard could not be reached';
  const text = `${why}; the result is kept and handed in at the next start`;
  return { job, status: 'kept', text, error: held ? 'NEWER_SCHEMA' : 'REMOTE_UNREACHABLE' };
}

type Late = Pick<Finish, 'jobId' | 'agentId' | 'token' | 'status' | 'exitCode'>;

export async function noteLate(context: AgentContext, late: Late, why: string): Promise<JobEnd> {
  const { jobId: job, agentId, token, status, exitCode } = late;
  const input: InputOf<'note-late'> = { jobId: job, agentId, token, status, exitCode, now: context.yard.now() };
  const end = await settledAs(context, await accept(context, [{ operation: { name: 'note-late', input } }]));
  // Whatever the answer to the note is: there is nothing more that could be done with this result.
  return end.kind === 'kept' ? kept(job, end) : { job, status: 'late', text: why };
}
