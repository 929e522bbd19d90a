/** Strikes off points whose tags are gone. The last good build of each repository keeps its own: there is nothing behind it. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { rollbackIdOf } from '../../entities/file-id.ts';
import type { Rollback, RollbackPoint } from '../../entities/rollback.ts';
import { putRollback, type State } from '../../state.ts';
import type { Time } from '../../time.ts';

export interface ForgetRollbackPoints {
  readonly branch: string;
  readonly tags: readonly string[];
  readonly now: Time;
}

export function forgetRollbackPoints(
  { rollbacks }: State,
  { branch, tags }: ForgetRollbackPoints,
): Decision<readonly string[]> {
  const rollback = rollbacks.get(rollbackIdOf(branch));
  const going = rollback?.points.filter((it) => tags.includes(it.tag)) ?? [];
  if (!rollback || going.length === 0) return accept([], [], `no such rollback point of ${branch} is left`);
  const last = newestOfEach(rollback);
  const kept = going.find((it) => last.has(it.tag));
  if (kept) return refuse('CONFLICT', `${kept.tag} is the last one of its repository`, [kept.tag]);
  const names = going.map((it) => it.tag);
  const points = rollback.points.filter((it) => !names.includes(it.tag));
  const summary = `forget ${names.length === 1 ? names[0] : `${names.length} rollback points of ${branch}`}`;
  return accept(names, [putRollback({ ...rollback, points })], summary);
}

/** What goes when of each branch so many may stay: the oldest, and never the last of a repository. */
export function pointsBeyond(rollback: Rollback, keep: number): readonly RollbackPoint[] {
  const last = newestOfEach(rollback);
  return rollback.points.slice(keep).filter((it) => !last.has(it.tag));
}

function newestOfEach({ points }: Rollback): ReadonlySet<string> {
  const newest = new Map<string | null, string>();
  for (const { repository, tag } of points) if (!newest.has(repository)) newest.set(repository, tag);
  return new Set(newest.values());
}
