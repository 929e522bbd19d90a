/** The last builds of two agents that can be compared: of one commit, where both have built it. */
import type { Manifest } from '../entities/manifest.ts';
import type { State } from '../state.ts';
import { isBefore } from '../time.ts';

export interface LatestPair {
  readonly left: Manifest;
  readonly right: Manifest;
  readonly sameCommit: boolean;
}

export interface LatestWish {
  readonly agents: readonly [string, string];
  readonly branch?: string | undefined;
}

export function latestPair(
  { manifests, jobs }: Pick<State, 'manifests' | 'jobs'>,
  { agents, branch }: LatestWish,
): LatestPair | { readonly lacks: string } {
  const of = (agent: string) =>
    [...manifests]
      .filter((it) => it.agent === agent && (branch === undefined || it.branch === branch))
      .sort((a, b) => (isBefore(b.createdAt, a.createdAt) ? -1 : 1));
  const [ours, theirs] = [of(agents[0]), of(agents[1])];
  const [newest, others] = [ours[0], theirs[0]];
  if (!newest) return { lacks: agents[0] };
  if (!others) return { lacks: agents[1] };
  const sourceOf = ({ job, commit }: Manifest) => commit && JSON.stringify([jobs.get(job)?.repository ?? null, commit]);
  for (const left of ours) {
    const source = sourceOf(left);
    const right = source === null ? undefined : theirs.find((it) => it.job !== left.job && sourceOf(it) === source);
    if (right) return { left, right, sameCommit: true };
  }
  return { left: newest, right: others, sameCommit: false };
}
