/** Failures that look alike, put together: by what the reason says, not by which line, job or time it says it of. Pure. */
import { DAY_MS, elapsedMs, type Time } from '@gityard/domain';
import { type JobRow, jobTitle } from '../rows.ts';

export interface FailureGroup {
  readonly signature: string;
  /** As the newest of them put it. */
  readonly text: string;
  /** Newest first. */
  readonly jobs: readonly JobRow[];
  readonly projects: readonly string[];
  readonly servers: readonly string[];
}

/** `Vnf.java:88: cannot find symbol` and `Vnf.java:91: …` fail alike. */
export function signatureOf({ reason, exitCode, status }: Pick<JobRow, 'reason' | 'exitCode' | 'status'>): string {
  const line = reason?.split('\n').find((it) => it.trim() !== '') ?? '';
  if (line === '') return exitCode === null ? status : `exit code ${exitCode}`;
  return line
    .replace(/\b(?=[0-9a-z]*\d)[0-9a-z]{7,}\b/gi, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, 200);
}

export const isFailure = ({ status }: Pick<JobRow, 'status'>): boolean => status === 'failed' || status === 'expired';

/** Of the last day; what happens most stands first. */
export function failureGroups(finished: readonly JobRow[], now: Time): readonly FailureGroup[] {
  const groups = new Map<string, JobRow[]>();
  for (const job of finished) {
    if (!isFailure(job) || job.endedAt === null || elapsedMs(job.endedAt, now) > DAY_MS) continue;
    const signature = signatureOf(job);
    groups.set(signature, [...(groups.get(signature) ?? []), job]);
  }
  return [...groups]
    .map(([signature, jobs]) => ({
      signature,
      text: jobs[0]?.reason?.split('\n').find((it) => it.trim() !== '') ?? signature,
      jobs,
      projects: [...new Set(jobs.map(jobTitle))],
      servers: [...new Set(jobs.flatMap(({ agent }) => (agent === null ? [] : [agent])))],
    }))
    .sort((a, b) => b.jobs.length - a.jobs.length);
}
