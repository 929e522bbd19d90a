/** Gives up the oldest rollback points: first their tags, then the records, so that a crash leaves nothing that is not listed. */
import { pointsBeyond, type Refused, type Rollback, type State } from '@gityard/domain';
import { removeTags } from '../refs/tags.ts';
import type { Yard } from '../yard.ts';

export interface CleanUpPoints {
  /** Of each branch. */
  readonly keep: number;
  readonly reason?: string | null;
}

export interface CleanedUp {
  readonly removed: readonly string[];
  /** Tags that are not as they were made, or whose removal was refused. */
  readonly kept: readonly { readonly tag: string; readonly reason: string }[];
}

/** By branch, what would go. */
export function pointsToForget({ rollbacks }: State, keep: number): ReadonlyMap<Rollback, ReadonlyMap<string, string>> {
  const going = [...rollbacks].map(
    (it) => [it, new Map(pointsBeyond(it, keep).map(({ tag, tagObject }) => [tag, tagObject]))] as const,
  );
  return new Map(going.filter(([, tags]) => tags.size > 0));
}

export async function cleanUpPoints(yard: Yard, { keep, reason }: CleanUpPoints): Promise<CleanedUp | Refused> {
  const removed: string[] = [];
  const kept: CleanedUp['kept'][number][] = [];
  for (const [{ branch }, tags] of pointsToForget(yard.state, keep)) {
    const done = await removeTags(yard.transport, tags);
    kept.push(...done.kept);
    const now = yard.now();
    const forgotten = await yard.perform('forget-rollback-points', { branch, tags: done.gone, now }, { reason });
    if (!forgotten.ok) return forgotten;
    removed.push(...forgotten.result);
  }
  return { removed, kept };
}
