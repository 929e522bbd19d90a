/** Asks the task receivers of a yard for something, and waits for their answer where that is wanted. */
import { isFinished, type Job, taskView } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { type Answer, answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, duration, flag, list, textOption, wholeNumber } from '../../parameters.ts';
import { priorityOption } from '../../priority.ts';
import { PRIORITY_DIRECTION } from '../../text/job-text.ts';
import { good, line } from '../../text/lines.ts';
import { taskEnd } from '../../text/task-text.ts';
import { act } from '../../yard/act.ts';
import { findJobAnywhere } from '../../yard/find.ts';
import { looks } from '../../yard/follow.ts';
import { namingFlags } from '../../yard/naming-flags.ts';

export const command = defineCommand({
  name: 'task send',
  summary: 'ask a worker that has these tags for something',
  details:
    'A tag priority-N is the priority. With --wait it exits 0 when the task succeeded, 1 when it ended otherwise, 124 when ' +
    'the time was over, and prints what the processor printed.',
  example: `gityard task send "Build app" --tags build,npm --params '{"url":"https://git.example.org/app.git"}' --wait`,
  acts: true,
  parameters: {
    text: argument('text', 'what is to be done'),
    tags: list('a,b', 'a worker must have all of them'),
    params: textOption('json', 'an object, nested as you like: what the processor reads as Parameters'),
    priority: priorityOption,
    notify: flag('be told by message when it is taken and how it ends'),
    retries: wholeNumber('N', 'more tries after a failure'),
    timeout: duration('time', 'how long it may run, and with --wait how long to wait'),
    wait: flag('wait for the end, and print the result'),
  },
  async run(context, args) {
    const { text, tags, params, priority, notify, retries, timeout, wait } = args;
    const { id: by } = await context.identity();
    const job = {
      task: { text, parameters: parametersFrom(params), notify, message: null },
      labels: [...tags],
      priority,
      retries,
      timeoutSeconds: timeout === undefined ? undefined : Math.max(1, timeout / 1000),
    };
    let sent: Job | undefined;
    const reply = await act(context, 'submit', { id: newId(), job, by }, ({ result, commit }) => {
      sent = result;
      return sentAnswer(result, commit);
    });
    if (!wait || context.flags.dryRun) return namingFlags(reply, FLAGS);
    if (!sent) return notWaited(namingFlags(reply, FLAGS));
    return waited(context, { id: sent.id, timeoutMs: timeout ?? Number.POSITIVE_INFINITY });
  },
});

function parametersFrom(words: string | undefined): Record<string, unknown> {
  if (words === undefined) return {};
  const hint = `write an object, e.g. --params '{"branch":"main"}'`;
  const value = parsed(words, hint);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw usageError('--params is no JSON object', hint);
}

function parsed(words: string, hint: string): unknown {
  try {
    return JSON.parse(words);
  } catch (error) {
    throw usageError(`--params is no JSON: ${(error as Error).message}`, hint);
  }
}

const sentAnswer = (job: Job, commit: string | null): Answer =>
  answer({ id: job.id, commit }, () => [
    line('task ', good(job.id), ` is queued, priority ${job.priority} (${PRIORITY_DIRECTION})`),
  ]);

/** Accepted on this machine only: there is nothing to wait for yet, and nobody must take that for a success. */
function notWaited(reply: Reply): Reply {
  if (typeof reply === 'number' || 'ok' in reply) return reply;
  return { ...reply, exitCode: EXIT_REMOTE };
}
const EXIT_REMOTE = 5;

async function waited(context: Context, { id, timeoutMs }: { id: string; timeoutMs: number }): Promise<Reply> {
  const yard = await context.yard();
  let told = '';
  const deadlineMs = performance.now() + timeoutMs;
  for await (const _ of looks(context, { signal: context.interruption(), deadlineMs })) {
    const job = findJobAnywhere(yard, id);
    if (isFinished(job)) return answer(taskView(job), () => taskEnd(job), job.status === 'succeeded' ? 0 : 1);
    const sentence = `task ${id} is ${job.status}${job.agent === null ? '' : ` on ${job.agent}`}`;
    if (sentence !== told) context.note(sentence);
    told = sentence;
  }
  throw new CliError('TIMEOUT', `task ${id} has not ended in time`, {
    hint: `gityard task status ${id} says how it stands`,
  });
}

/** The fields of a job that the sender of a task gives by flags. */
const FLAGS = { labels: 'tags', task: 'text', timeoutSeconds: 'timeout', retries: 'retries' } as const;
