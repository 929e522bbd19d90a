/** An address within the page that keeps the moment one looks at: from a yard of the past one goes on to its jobs of the past. */
import { currentRoute, hrefOf } from '../router.ts';

export const hrefHere = (path: readonly string[], query: Readonly<Record<string, string | null>> = {}): string =>
  hrefOf(path, { ...query, at: currentRoute().query.get('at') ?? null });
