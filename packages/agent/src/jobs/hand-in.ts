/**
 * Hands a result in: exactly once, under the token it was made with. Kept on the disk until the yard has answered, and tried
 * for as long as the process lives. A result that comes too late is kept as a note on its attempt, never as the result.
 */
import type { Refused } from '@gityard/domain';
import type { AgentContext, JobEnd } from '../context.ts';
import { dropResult, type Finish } from '../home/unfinished.ts';
import { backOffMs, pause } from '../pause.ts';

type Answer = Awaited<ReturnType<AgentContext['yard']['perform']>>;

/** Tried until it is answered, or `until` is aborted: then the result is kept for the next start. */
export async function handIn(
  context: AgentContext,
  finish: Finish,
  { until = context.cancel }: { until?: AbortSignal } = {},
): Promise<JobEnd> {
  const answer = await answerTo(context, until, () =>
    context.yard.perform('finish', finish, { signal: context.giveUp }),
  );
  const end = isLastWord(answer) ? await endFrom(context, finish, answer) : kept(finish, answer.instead);
  if (end.status !== 'kept') await dropResult(context.self.home, finish);
  context.emit({ kind: 'ended', job: finish.jobId, token: finish.token, status: end.status, text: end.text });
  return end;
}

async function endFrom(context: AgentContext, finish: Finish, answer: Answer): Promise<JobEnd> {
  const ended = { job: finish.jobId, status: finish.status, text: finish.reason ?? finish.status };
  if (answer.ok) return ended;
  if (hasLanded(context, finish)) return ended;
  return noteLate(context, finish, answer.reason);
}

/** An earlier try had arrived although its answer had not: only we can give our attempt such an end. */
function hasLanded({ yard }: AgentContext, { jobId, token, status }: Finish): boolean {
  const attempt = yard.state.jobs.get(jobId)?.attempts.find((it) => it.token === token);
  return attempt?.status === status;
}

type Late = Pick<Finish, 'jobId' | 'agentId' | 'token' | 'status' | 'exitCode'>;

export async function noteLate(context: AgentContext, finish: Late, why: string): Promise<JobEnd> {
  const { jobId, agentId, token, status, exitCode } = finish;
  const note = { jobId, agentId, token, status, exitCode, now: context.yard.now() };
  const answer = await answerTo(context, context.cancel, () =>
    context.yard.perform('note-late', note, { signal: context.giveUp }),
  );
  // Whatever the answer to the note is: there is nothing more that could be done with this result.
  return isLastWord(answer) ? { job: jobId, status: 'late', text: why } : kept(finish, answer.instead);
}

function kept({ jobId }: Pick<Finish, 'jobId'>, instead: Answer | Error): JobEnd {
  const why = isForNewer(instead) ? instead.reason : 'the yard could not be reached';
  return {
    job: jobId,
    status: 'kept',
    text: `${why}; the result is kept and handed in at the next start`,
    error: isForNewer(instead) ? 'NEWER_SCHEMA' : 'REMOTE_UNREACHABLE',
  };
}

/** We gave up before there was an answer that settles it; this is what came last. */
interface GaveUp {
  readonly instead: Answer | Error;
}
const isLastWord = (answer: Answer | GaveUp): answer is Answer => !('instead' in answer);

async function answerTo(
  { bell, drain, options }: AgentContext,
  until: AbortSignal,
  ask: () => Promise<Answer>,
): Promise<Answer | GaveUp> {
  for (let failures = 1; ; failures++) {
    const answer = await ask().catch((error: unknown) => asFailure(error));
    if (!(answer instanceof Error) && (answer.ok || !MAY_CHANGE.has(answer.code))) return answer;
    if (until.aborted) return { instead: answer };
    if (isForNewer(answer)) {
      // Only another program can hand it in: whoever tells us to stop, or wanted one job alone, is about to start that one.
      if (drain.aborted || options.once) return { instead: answer };
      await pause(backOffMs(failures), AbortSignal.any([until, drain]));
      continue;
    }
    const since = bell.count;
    await bell.wait({ since, ms: backOffMs(failures), signal: until });
    // The bell may ring often; a moment between tries keeps this from becoming a hot loop.
    await pause(backOffMs(1, 500), until);
  }
}

/** What a person can mend: a file that is broken, a yard or a program that is too new or too old. All else is final. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['INVALID_DATA', 'NEWER_SCHEMA']);

const isForNewer = (answer: Answer | Error): answer is Refused =>
  !(answer instanceof Error) && !answer.ok && answer.code === 'NEWER_SCHEMA';

function asFailure(error: unknown): Error {
  if (error instanceof Error) return error;
  throw error;
}
