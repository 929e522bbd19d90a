/** What a job printed: the newest log of it, as text, also while the job runs. */
import type { timedLines } from '@gityard/builder';
import { endedWords, isFinished, type Job } from '@gityard/domain';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { openLineChoice } from '../../job-log/choose-lines.ts';
import { followLog } from '../../job-log/follow-log.ts';
import { type JobLog, readJobLog } from '../../job-log/read-log.ts';
import { argument, flag, oneOf, option, wholeNumber } from '../../parameters.ts';
import { paragraph } from '../../text/lines.ts';
import { findJobOrAgents } from '../../yard/find.ts';

const STAGES = ['Fetch', 'Restore', 'Build', 'Test', 'Check', 'Package', 'Publish'] as const;

export const command = defineCommand({
  name: 'job logs',
  summary: 'what a job printed',
  details:
    'While a job runs its log comes in pieces, every few seconds; where pushes are counted, mostly at its end. With -f the exit code is 0 when the job succeeded.',
  example: 'gityard job logs 01k9x -f',
  parameters: {
    id: argument('id', 'the id of the job, or its beginning; or an agent, for what it runs or ran last'),
    follow: flag('show more as it comes, until the job has ended', 'f'),
    tail: wholeNumber('N', 'only the last lines', { minimum: 0, short: 'n' }),
    stage: oneOf(STAGES, 'only what a stage printed'),
    grep: option('text', 'only lines that hold this, in capitals or not'),
    times: flag('when each line was printed, and how grave it is'),
    raw: flag('byte for byte, colours and all'),
  },
  run: async (context, { id, follow, raw, times, ...wanted }) => {
    const isPart = wanted.tail !== undefined || wanted.stage !== undefined || wanted.grep !== undefined;
    if (raw && (isPart || follow || times))
      throw usageError('--raw is the whole log as it is', 'leave out the other flags');
    if (follow && times) throw usageError('--times is for a log that is there', 'leave out -f');
    const job = findJobOrAgents(await context.yard(), id);
    if (follow) return followLog(context, { id: job.id, tail: wanted.tail, choose: openLineChoice(wanted) });
    const log = await readJobLog(context, job.id);
    if (!log) throw noLog(job);
    if (raw && !context.flags.json) return rawLog(context, log);
    return drawn(job, log, { ...wanted, times });
  },
});

interface Wanted {
  readonly tail: number | undefined;
  readonly stage: string | undefined;
  readonly grep: string | undefined;
  readonly times: boolean;
}

async function drawn(job: Job, { files, bytes, page, record, stem }: JobLog, wanted: Wanted): Promise<Reply> {
  const whole = page ?? bytes.toString('utf8');
  const all = whole.replace(/\n$/, '').split('\n');
  const startedAt = record?.startedAt || job.submittedAt;
  const stamped = wanted.times ? await timed(all, { times: record?.times ?? [], startedAt }) : all;
  const choose = openLineChoice(wanted);
  // The stage of a line is told by the line itself, not by what was put before it.
  const chosen = all.flatMap((line, index) => (choose([line]).length > 0 ? [stamped[index] ?? line] : []));
  const lines = wanted.tail === undefined ? chosen : chosen.slice(chosen.length - Math.min(wanted.tail, chosen.length));
  const text = lines.length === all.length && !wanted.times ? whole : lines.map((it) => `${it}\n`).join('');
  const told = files.map((it) => ({ path: it.path, sizeBytes: it.content.length }));
  const value = { id: job.id, log: stem, whole: record !== null, files: told, text };
  return answer(value, () => (text === '' ? [] : paragraph(text.replace(/\n$/, ''))));
}

/** The builder is loaded for those who ask for it. */
async function timed(...log: Parameters<typeof timedLines>): Promise<readonly string[]> {
  const builder = await import('@gityard/builder');
  return builder.timedLines(...log);
}

function rawLog({ io }: Context, { bytes, page }: JobLog): number {
  io.stdout.write(page ?? bytes);
  return 0;
}

function noLog(job: Job): CliError {
  const standing = isFinished(job) ? endedWords(job.status) : `is ${job.status}`;
  return new CliError('NOT_FOUND', `job ${job.id} ${standing} and has no log`, { hint: hintWithoutLog(job) });
}

function hintWithoutLog(job: Job): string {
  if (isFinished(job)) return `gityard job show ${job.id} tells how it ended`;
  return job.status === 'queued'
    ? `gityard job why ${job.id} says why it waits`
    : 'it comes within seconds, or when the attempt ends; -f waits for it';
}
