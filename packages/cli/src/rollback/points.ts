/** Rollback points as commands show them: what the yard recorded, beside the tags that the repository really has. */
import type { RollbackPoint, State } from '@gityard/domain';
import { ROLLBACK_TAGS, readTags, type Yard } from '@gityard/yard';
import { CliError } from '../errors.ts';

type TagStatus = 'there' | 'missing' | 'moved' | 'not-recorded' | 'unknown';

export type PointRow = Partial<RollbackPoint> & {
  readonly tag: string;
  readonly branch: string | null;
  readonly tagStatus: TagStatus;
  readonly lastGood: boolean;
};

export type FoundPoint = RollbackPoint & { readonly branch: string; readonly lastGood: boolean };

/** Of one branch, where one is named; newest first. */
const pointsOf = ({ rollbacks }: State, branch?: string): readonly FoundPoint[] =>
  [...rollbacks]
    .filter((it) => branch === undefined || it.branch === branch)
    .flatMap(({ branch: of, points, lastGood }) =>
      points.map((it) => ({ ...it, branch: of, lastGood: lastGood.some(({ job }) => job === it.job) })),
    )
    .sort((a, b) => (a.builtAt < b.builtAt ? 1 : -1));

export async function rowsOf(yard: Yard, branch?: string): Promise<readonly PointRow[]> {
  // Over an API that knows no tags nothing can be said of them.
  const tags = yard.transport.makesCommits ? null : await readTags(yard.transport, ROLLBACK_TAGS);
  const rows = pointsOf(yard.state, branch).map((it) => ({ ...it, tagStatus: statusOf(tags, it) }));
  if (branch !== undefined || tags === null) return rows;
  const recorded = new Set(rows.map((it) => it.tag));
  const lone = [...tags.keys()].filter((tag) => !recorded.has(tag));
  return [...rows, ...lone.map((tag) => ({ tag, branch: null, tagStatus: 'not-recorded' as const, lastGood: false }))];
}

function statusOf(tags: ReadonlyMap<string, string> | null, { tag, tagObject }: RollbackPoint): TagStatus {
  if (tags === null) return 'unknown';
  const found = tags.get(tag);
  return found === undefined ? 'missing' : found === tagObject ? 'there' : 'moved';
}

/** By its name, or a beginning of it that only one has. */
export function findPoint(state: State, word: string): FoundPoint {
  const points = pointsOf(state);
  const found = points.filter((it) => it.tag === word);
  const begun = found.length > 0 ? found : points.filter((it) => word !== '' && it.tag.startsWith(word));
  const [first, second] = begun;
  if (!first)
    throw new CliError('NOT_FOUND', `there is no rollback point ${word}`, { hint: 'gityard rollback list shows them' });
  if (!second) return first;
  throw new CliError('AMBIGUOUS_ID', `${begun.length} rollback points begin with ${word}`, {
    hint: `write more of it: ${begun
      .slice(0, 5)
      .map((it) => it.tag)
      .join(', ')}`,
  });
}
