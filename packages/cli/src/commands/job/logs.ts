/** What a job printed: the newest log of it, as text. */
import { setTimeout as delay } from 'node:timers/promises';
import { endedWords, isFinished, type Job } from '@gityard/domain';
import type { LogFile } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { argument, flag } from '../../parameters.ts';
import { paragraph } from '../../text/lines.ts';
import { findJobAnywhere } from '../../yard/find.ts';
import { looks } from '../../yard/follow.ts';

export const command = defineCommand({
  name: 'job logs',
  summary: 'what a job printed',
  details: 'A log is published when the attempt ends.',
  example: 'gityard job logs 01k9x -f',
  parameters: {
    id: argument('id', 'the id of the job, or its beginning'),
    follow: flag('wait for more, until the job has ended', 'f'),
  },
  run: async (context, { id, follow }) => {
    const job = findJobAnywhere(await context.yard(), id);
    if (follow) return followLog(context, job);
    const files = await logFiles(context, job.id);
    if (files.length === 0) throw noLog(job);
    const text = rawText(files);
    const value = { id: job.id, files: files.map((it) => ({ path: it.path, sizeBytes: it.content.length })), text };
    return answer(value, () => paragraph(text.replace(/\n$/, '')));
  },
});

async function logFiles(context: Context, id: string): Promise<readonly LogFile[]> {
  const yard = await context.yard();
  return yard.logs.filesOf(id).catch((error: { code?: string }) => {
    // No log was ever written in this yard.
    if (error.code === 'BRANCH_MISSING') return [];
    throw error;
  });
}

/** Raw output in the order of its chunks; the Markdown for logs that have no raw part. */
function rawText(files: readonly LogFile[]): string {
  const chunk = (path: string): number => Number(/\.(\d+)\.log$/.exec(path)?.[1] ?? -1);
  const raw = files.filter((it) => chunk(it.path) >= 0).sort((a, b) => chunk(a.path) - chunk(b.path));
  const chosen = raw.length > 0 ? raw : files.filter((it) => it.path.endsWith('.md'));
  return chosen.map((it) => new TextDecoder().decode(it.content)).join('');
}

function noLog(job: Job): CliError {
  const standing = isFinished(job) ? endedWords(job.status) : `is ${job.status}`;
  return new CliError('NOT_FOUND', `job ${job.id} ${standing} and has no log`, { hint: hintWithoutLog(job) });
}

function hintWithoutLog(job: Job): string {
  if (isFinished(job)) return `gityard job show ${job.id} tells how it ended`;
  return job.status === 'queued'
    ? `gityard job why ${job.id} says why it waits`
    : 'it comes when the attempt ends; -f waits for it';
}

/** A log is published when an attempt ends, and a little may pass between the end and the log. */
const LATE_LOOKS = 3;

async function followLog(context: Context, { id }: Job): Promise<number> {
  const signal = context.interruption();
  let told = '';
  let status = '';
  const yard = await context.yard();
  for await (const _ of looks(context, { signal })) {
    const job = findJobAnywhere(yard, id);
    if (job.status !== status) context.note(isFinished(job) ? `job ${id} ${endedWords(job.status)}` : standing(job));
    status = job.status;
    told = showMore(context, { id, told, text: rawText(await logFiles(context, id)) });
    if (!isFinished(job)) continue;
    for (let look = 0; look < LATE_LOOKS && told === ''; look++) {
      await delay(500, undefined, { signal });
      told = showMore(context, { id, told, text: rawText(await logFiles(context, id)) });
    }
    return job.status === 'succeeded' ? 0 : 1;
  }
  return 1;
}

/** The log comes with the end of the attempt; who waits for it is told where to look until then. */
const standing = ({ id, status, agent }: Job): string =>
  status === 'queued'
    ? `job ${id} is queued; gityard job why ${id} says what it waits for`
    : `job ${id} is ${status} on ${agent}; its log comes when the attempt ends, gityard job watch shows its last line`;

/** A new attempt begins a new log, which is told from its start. */
function showMore(context: Context, { id, told, text }: { id: string; told: string; text: string }): string {
  const more = text.startsWith(told) ? text.slice(told.length) : text;
  if (more !== '') context.show({ id, text: more }, () => paragraph(more.replace(/\n$/, '')));
  return text;
}
