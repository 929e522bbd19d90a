/** Shows a log while it grows, line by line, until its job has ended; then what is left of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { endedWords, isFinished, type Job } from '@gityard/domain';
import { LIVE_LOG_END } from '@gityard/yard';
import type { Context } from '../context.ts';
import { paragraph } from '../text/lines.ts';
import { findJobAnywhere } from '../yard/find.ts';
import { looks } from '../yard/follow.ts';
import { NewLines } from './new-lines.ts';
import { isWhole, type JobLog, readJobLog } from './read-log.ts';

export interface Following {
  readonly id: string;
  /** Of the lines that are there at first, so many from the end. */
  readonly tail: number | undefined;
  choose(lines: readonly string[]): readonly string[];
}

/** A result is handed in with its log, and a little may pass between the two. */
const LATE_LOOKS = 6;
const LATE_MS = 500;

/** Answers the exit code. */
export async function followLog(context: Context, following: Following): Promise<number> {
  const signal = context.interruption();
  const yard = await context.yard();
  const shown = new Shown(context, following);
  let status = '';
  for await (const _ of looks(context, { signal })) {
    const job = findJobAnywhere(yard, following.id);
    if (job.status !== status)
      context.note(isFinished(job) ? `job ${job.id} ${endedWords(job.status)}` : standing(job));
    status = job.status;
    const log = await readJobLog(context, job.id);
    if (log) shown.upTo(log, { isWhole: isFinished(job) && isWhole(log) });
    if (!isFinished(job)) continue;
    for (let look = 0; look < LATE_LOOKS && !shown.isWhole; look++) {
      await delay(LATE_MS, undefined, { signal });
      const late = await readJobLog(context, job.id);
      if (late) shown.upTo(late, { isWhole: isWhole(late) || look === LATE_LOOKS - 1 });
    }
    return job.status === 'succeeded' ? 0 : 1;
  }
  return 1;
}

class Shown {
  private readonly context: Context;
  private readonly following: Following;
  private readonly newLines = new NewLines();
  private isFirst = true;
  private isLong = false;
  isWhole = false;

  constructor(context: Context, following: Following) {
    this.context = context;
    this.following = following;
  }

  upTo(log: JobLog, { isWhole }: { readonly isWhole: boolean }): void {
    this.isWhole = isWhole;
    const { lines } = this.newLines.upTo(log, { isWhole });
    if (this.newLines.isCut && !this.isLong) this.context.note(LIVE_LOG_END.trim());
    this.isLong = this.newLines.isCut;
    if (lines.length > 0) this.show(this.following.choose(lines));
  }

  private show(lines: readonly string[]): void {
    const { id, tail } = this.following;
    const chosen = this.isFirst && tail !== undefined ? lines.slice(-tail) : lines;
    this.isFirst = false;
    if (chosen.length === 0) return;
    const text = chosen.join('\n');
    this.context.show({ id, text: `${text}\n` }, () => paragraph(text));
  }
}

const standing = ({ id, status, agent }: Job): string =>
  status === 'queued'
    ? `job ${id} is queued; gityard job why ${id} says what it waits for`
    : `job ${id} is ${status} on ${agent}`;
