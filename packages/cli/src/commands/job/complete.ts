/** Ends a job that `job next` claimed, with the token that the agent holds it under. */
import { after, jobView, type Stage } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, choiceArgument, optionalArgument } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { statusSpan } from '../../text/words.ts';
import { act } from '../../yard/act.ts';
import { findJob } from '../../yard/find.ts';

const LONGEST_SECONDS = 31_536_000;

export const command = defineCommand({
  name: 'job complete',
  summary: 'end a job that was claimed by hand',
  example: 'gityard job complete 01k9x succeeded 42 --agent build1',
  acts: true,
  parameters: {
    id: argument('id', 'the id of the job, or its beginning'),
    status: choiceArgument(['succeeded', 'failed'], 'how it ended'),
    seconds: optionalArgument('seconds', 'how long it took'),
  },
  run: async (context, { id, status, seconds }) => {
    const { id: agentId } = await context.identity();
    const { state } = await context.yard();
    const { id: jobId, token } = findJob(state, id);
    const failed = status === 'failed';
    const exitCode = failed ? 1 : 0;
    const result = { exitCode, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
    const now = context.now();
    const ended = {
      status,
      cause: failed ? ('code' as const) : null,
      exitCode,
      signal: null,
      reason: context.reason,
      stages: seconds === undefined ? [] : [buildStage({ seconds: secondsIn(seconds), failed, now })],
      result,
    };
    return act(context, 'finish', { jobId, agentId, token, ...ended }, (done) =>
      answer(jobView(done.result), () => [line('job ', jobId, ' is ', statusSpan(done.result.status))]),
    );
  },
});

/** How long it took is the length of its one stage: the attempt itself lasts from the claim. */
function buildStage({ seconds, failed, now }: { seconds: number; failed: boolean; now: string }): Stage {
  const status = failed ? 'Failed' : 'Succeeded';
  const times = { startedAt: after(now, -seconds * 1000), endedAt: now };
  return { name: 'Build', status, ...times, warnings: 0, errors: 0, message: null };
}

function secondsIn(words: string): number {
  const seconds = Number(words);
  if (/^\d+(\.\d+)?$/.test(words) && seconds <= LONGEST_SECONDS) return seconds;
  throw usageError(`<seconds> ${words} is no number of seconds`, 'write how long it took in seconds, e.g. 42');
}
