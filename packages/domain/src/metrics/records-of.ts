/** The records of a job: one for each attempt that has ended. */

import type { Attempt } from '../entities/attempt.ts';
import type { AttemptRecord } from '../entities/attempt-record.ts';
import type { Job } from '../entities/job.ts';
import type { Manifest } from '../entities/manifest.ts';
import { elapsedMs, type Time } from '../time.ts';

const LONGEST_SECONDS = 1e9;

export function recordsOf(job: Job, manifest: Manifest | undefined): readonly AttemptRecord[] {
  // How long a part takes says nothing of how long such a build takes, and neither does splitting it.
  if (job.parent !== null) return [];
  return job.attempts.flatMap((attempt, at) => {
    const { status } = attempt;
    if (attempt.endedAt === null || status === 'claimed' || status === 'running' || status === 'split') return [];
    const isLast = at === job.attempts.length - 1;
    const waitedSince = job.attempts[at - 1]?.endedAt ?? job.submittedAt;
    const { repository, branch, commit, toolchain, strategy } = job;
    return [
      {
        schemaVersion: 1,
        job: job.id,
        attempt: attempt.number,
        agent: attempt.agent,
        repository,
        branch,
        commit,
        toolchain,
        strategy,
        startedAt: attempt.startedAt,
        seconds: splitBefore(job, at) ?? secondsOf(attempt),
        queuedSeconds: secondsBetween(waitedSince, attempt.startedAt),
        status,
        cause: attempt.cause,
        artifacts: isLast ? (job.result?.artifacts ?? 0) : 0,
        bytes: isLast ? (manifest?.artifacts.reduce((sum, it) => sum + it.sizeBytes, 0) ?? 0) : 0,
      },
    ];
  });
}

/** Who put the parts of a build together took as long as all of it took. */
function splitBefore({ attempts }: Job, at: number): number | null {
  const [before, attempt] = [attempts[at - 1], attempts[at]];
  if (before?.status !== 'split' || !attempt) return null;
  return secondsBetween(before.startedAt, attempt.endedAt ?? attempt.startedAt);
}

/** Its stages know better than the claim when the work began, and who ends a job by hand says how long that took. */
function secondsOf({ startedAt, endedAt, stages }: Attempt): number {
  const from = stages.find((it) => it.startedAt !== null)?.startedAt ?? startedAt;
  const to = stages.findLast((it) => it.endedAt !== null)?.endedAt ?? endedAt ?? startedAt;
  return secondsBetween(from, to);
}

/** Clocks of two machines, and hands: nothing took less than no time. A leap second passes the schema and is no number here. */
function secondsBetween(from: Time, to: Time): number {
  const seconds = Math.round(elapsedMs(from, to)) / 1000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_SECONDS, Math.max(0, seconds)) : 0;
}
