/** What is known of the good builds of a branch, and how a newer one takes the place of the last. Knows no tags. */

import { rollbackIdOf } from '../../entities/file-id.ts';
import { isHeld, type Job } from '../../entities/job.ts';
import type { GoodBuild, Rollback } from '../../entities/rollback.ts';
import { type Change, putRollback, type State } from '../../state.ts';
import { isBefore } from '../../time.ts';

export function rollbackOf({ rollbacks }: State, branch: string): Rollback {
  return rollbacks.get(rollbackIdOf(branch)) ?? { schemaVersion: 1, branch, lastGood: [], points: [] };
}

/** An older one changes nothing: also what was built before may be told of later. */
export function withGoodBuild(rollback: Rollback, build: GoodBuild): Rollback {
  const known = rollback.lastGood.find((it) => it.repository === build.repository);
  if (known && !isBefore(known.builtAt, build.builtAt)) return rollback;
  const { repository, job, agent, commit, builtAt } = build;
  const others = rollback.lastGood.filter((it) => it.repository !== repository);
  return { ...rollback, lastGood: [...others, { repository, job, agent, commit, builtAt }].sort(newestFirst) };
}

/** Where the team wants it, each success is the last good build of its branch, in the commit that ends the job. */
export function automaticGoodBuild(state: State, job: Job, agent: string): readonly Change[] {
  const { branch, repository, commit, endedAt, parent } = job;
  if (parent !== null) return [];
  if (!state.yard.rollback.automatic || job.status !== 'succeeded' || branch === null || endedAt === null) return [];
  // A result must never be refused because somebody broke a file that it only mentions.
  const id = rollbackIdOf(branch);
  if ([...state.broken].some(({ of }) => of?.kind === 'rollback' && of.id === id)) return [];
  const before = rollbackOf(state, branch);
  const after = withGoodBuild(before, { repository, job: job.id, agent, commit, builtAt: endedAt });
  return after === before ? [] : [putRollback(after)];
}

export const newestFirst = (a: GoodBuild, b: GoodBuild): number =>
  isBefore(b.builtAt, a.builtAt) ? -1 : isBefore(a.builtAt, b.builtAt) ? 1 : a.job < b.job ? -1 : 1;

/** The jobs that a rollback still needs: with them go their manifests and what they were asked for. */
export function jobsToGoBackTo({ rollbacks }: State): ReadonlySet<string> {
  return new Set([...rollbacks].flatMap(({ lastGood, points }) => [...lastGood, ...points].map((it) => it.job)));
}

export const whyNotGood = (job: Job): string | null =>
  job.status === 'succeeded'
    ? null
    : `job ${job.id} ${isHeld(job) || job.status === 'queued' ? `is ${job.status}` : `has ended as ${job.status}`}`;
