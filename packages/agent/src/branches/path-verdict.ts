/** Whether what changed in a repository concerns a profile, by the paths that it names (monorepos). In doubt it does. */
import { matcherOf } from '@gityard/builder';
import type { BranchProfile } from '@gityard/domain';

export const hasFilter = ({ paths }: Pick<BranchProfile, 'paths'>): boolean =>
  paths.include.length + paths.exclude.length > 0;

/** Null: build it. Else the reason why not. Undefined paths are those that nobody could tell. */
export function pathVerdict(
  { paths: { include, exclude } }: Pick<BranchProfile, 'paths'>,
  changed: readonly string[] | undefined,
): string | null {
  if (changed === undefined) return null;
  const [included, excluded] = [include, exclude].map((globs) => globs.map(matcherOf));
  const counts = (path: string): boolean =>
    (include.length === 0 || included?.some((fits) => fits(path)) === true) && !excluded?.some((fits) => fits(path));
  if (changed.some(counts)) return null;
  if (changed.length === 0) return 'no file changed';
  const files = changed.length === 1 ? 'the one changed file' : `the ${changed.length} changed files`;
  const wanted = include.length > 0 ? ` within ${include.join(', ')}` : '';
  const unwanted = exclude.length > 0 ? ` outside ${exclude.join(', ')}` : '';
  return `none of ${files} lies${wanted}${unwanted}`;
}
