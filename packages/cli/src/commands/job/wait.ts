/** Waits for the end of a job; the exit code says how it ended. */
import { endedVerb, isFinished, type Job, jobView } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, duration } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { statusSpan } from '../../text/words.ts';
import { findJobAnywhere } from '../../yard/find.ts';
import { looks } from '../../yard/follow.ts';

export const command = defineCommand({
  name: 'job wait',
  summary: 'wait for the end of a job',
  details: 'Exits 0 when it succeeded, 1 when it ended otherwise, 124 when the time was over.',
  example: 'gityard job wait 01k9x --timeout 30m',
  parameters: {
    id: argument('id', 'the id of the job, or its beginning'),
    timeout: duration('time', 'how long to wait; else for ever'),
  },
  run: async (context, { id, timeout = Number.POSITIVE_INFINITY }) => {
    const deadlineMs = performance.now() + timeout;
    const yard = await context.yard();
    const { id: jobId } = findJobAnywhere(yard, id);
    let told = '';
    for await (const _ of looks(context, { signal: context.interruption(), deadlineMs })) {
      const job = findJobAnywhere(yard, jobId);
      if (isFinished(job)) return ended(job);
      const sentence = `job ${jobId} is ${job.status}${job.agent === null ? '' : ` on ${job.agent}`}`;
      if (sentence !== told) context.note(sentence);
      told = sentence;
    }
    throw new CliError('TIMEOUT', `job ${jobId} has not ended in time`, {
      hint: `gityard job why ${jobId} says what it waits for`,
    });
  },
});

const ended = (job: Job) =>
  answer(
    jobView(job),
    () => [line('job ', job.id, ` ${endedVerb(job.status)} `, statusSpan(job.status))],
    job.status === 'succeeded' ? 0 : 1,
  );
