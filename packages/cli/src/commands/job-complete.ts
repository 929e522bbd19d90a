/** Ends a job that `job next` claimed, with the token that the agent holds it under. */
import { jobView } from '@gityard/domain';
import { answer, defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { argument, choiceArgument, optionalArgument } from '../parameters.ts';
import { line } from '../text/lines.ts';
import { statusSpan } from '../text/words.ts';
import { act } from '../yard/act.ts';
import { findJob } from '../yard/find.ts';

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
    const reason = context.reason ?? tookText(seconds);
    const ended = {
      status,
      cause: failed ? ('code' as const) : null,
      exitCode,
      signal: null,
      reason,
      stages: [],
      result,
    };
    return act(context, 'finish', { jobId, agentId, token, ...ended, now: context.now() }, (done) =>
      answer(jobView(done.result), () => [line('job ', jobId, ' is ', statusSpan(done.result.status))]),
    );
  },
});

function tookText(seconds: string | undefined): string | null {
  if (seconds === undefined) return null;
  if (!/^\d+(\.\d+)?$/.test(seconds)) throw usageError(`<seconds> ${seconds} is no number`);
  return `took ${seconds} s`;
}
