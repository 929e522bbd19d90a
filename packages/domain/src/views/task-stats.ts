/** How many tasks ended well and badly, and how long they took (R12): what is in the yard now, without its archive. */
import { currentAttempt, isFinished, isHeld, type Job } from '../entities/job.ts';
import { elapsedMs, isBefore, type Time } from '../time.ts';

/** Named as the programs call them that read these figures. */
export interface TaskStats {
  readonly TotalBuilds: number;
  readonly SuccessfulBuilds: number;
  readonly FailedBuilds: number;
  readonly WaitingBuilds: number;
  readonly RunningBuilds: number;
  /** Minutes, of those that succeeded or failed; null: none has. */
  readonly AverageBuildTime: number | null;
  /** When the oldest of them was asked for. */
  readonly since: Time | null;
}

export function taskStats(tasks: readonly Job[]): TaskStats {
  const successful = tasks.filter((it) => it.status === 'succeeded');
  const failed = tasks.filter((it) => it.status === 'failed');
  const ran = [...successful, ...failed].map(runMs).filter((it) => it !== null);
  const totalMs = ran.reduce((sum, ms) => sum + ms, 0);
  const times = tasks.map((it) => it.submittedAt);
  return {
    TotalBuilds: tasks.length,
    SuccessfulBuilds: successful.length,
    FailedBuilds: failed.length,
    WaitingBuilds: tasks.filter((it) => !isFinished(it) && !isHeld(it)).length,
    RunningBuilds: tasks.filter(isHeld).length,
    AverageBuildTime: ran.length === 0 ? null : Math.round((totalMs / ran.length / 60_000) * 100) / 100,
    since: times.reduce<Time | null>((oldest, it) => (oldest === null || isBefore(it, oldest) ? it : oldest), null),
  };
}

/** Of the attempt that ended it: what waiting cost is not what building costs. */
function runMs(job: Job): number | null {
  const attempt = currentAttempt(job);
  return attempt?.endedAt ? elapsedMs(attempt.startedAt, attempt.endedAt) : null;
}
