/** How the builds of each project went in the last days, as far as its jobs are in the state. Few at a time: the worst come first. */
import { currentAttempt, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { clipped } from '../text.ts';
import { DAY_MS, elapsedMs, type Time } from '../time.ts';

export interface ProjectFigures {
  /** Owner and name, without the host. */
  readonly project: string;
  readonly failed: number;
  /** Of its builds that succeeded; 0 = none did. */
  readonly longestSeconds: number;
}

const SPAN_MS = 7 * DAY_MS;

export function projectFigures({ jobs }: Pick<State, 'jobs'>, now: Time): readonly ProjectFigures[] {
  const projects = new Map<string, { failed: number; longestSeconds: number }>();
  for (const job of jobs) {
    const { status, endedAt, parent, repository } = job;
    if (parent !== null || repository === null || endedAt === null || elapsedMs(endedAt, now) > SPAN_MS) continue;
    if (status !== 'succeeded' && status !== 'failed') continue;
    const name = projectOf(repository);
    const own = projects.get(name) ?? { failed: 0, longestSeconds: 0 };
    projects.set(name, own);
    if (status === 'failed') own.failed++;
    else own.longestSeconds = Math.max(own.longestSeconds, secondsOf(job));
  }
  return [...projects].map(([project, own]) => ({ project, ...own }));
}

/** `https://git.example.org/acme/app.git`, `git@host:acme/app` and `/srv/acme/app` are `acme/app`. */
export function projectOf(repository: string): string {
  const path = repository.replace(/^[a-z+]+:\/\/[^/]*/i, '').replace(/^[^/]*@[^/:]*:/, '/');
  const words = path.split(/[/\\]/).filter((it) => it !== '' && it !== '.');
  return clipped(
    words
      .slice(-2)
      .join('/')
      .replace(/\.git$/, '') || repository,
    100,
  );
}

function secondsOf(job: Job): number {
  const attempt = currentAttempt(job);
  const ms = attempt ? elapsedMs(attempt.startedAt, job.endedAt ?? attempt.startedAt) : 0;
  return Number.isFinite(ms) ? Math.max(0, ms / 1000) : 0;
}
