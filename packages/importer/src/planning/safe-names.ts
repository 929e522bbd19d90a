/**
 * Somebody's ids and file names may hold what looks like a credential, which must get neither into the yard nor into what is
 * told. Such a name is masked, with a mark by which it is the same in every import and no other's; what speaks of it follows.
 */
import { maskSecrets } from '@gityard/yard';
import { digestOf } from '../shapes/candidate.ts';
import { secretsIn } from './secrets.ts';
import type { Found, ShapedAll } from './shape-all.ts';

export const NAME_MASKED = 'an id or a file name that looks like a credential was masked';

export async function withSafeNames({ found, unfit }: ShapedAll): Promise<ShapedAll> {
  const names = new Set<string>();
  for (const { candidate, place } of found)
    for (const name of [candidate.sourceId, place.path, ...candidate.refers]) if (name !== null) names.add(name);
  const safe = await safeNames([...names]);
  return safe.size === 0 ? { found, unfit } : { found: found.map((it) => renamed(it, safe)), unfit };
}

async function safeNames(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rules = await secretsIn(names);
  const bad = names.filter((_, at) => (rules[at] ?? null) !== null);
  return new Map(
    await Promise.all(bad.map(async (it) => [it, `${await maskSecrets(it)}-${digestOf(it).slice(0, 8)}`] as const)),
  );
}

function renamed(found: Found, safe: ReadonlyMap<string, string>): Found {
  const { candidate, place } = found;
  const safeOf = (name: string) => safe.get(name) ?? name;
  const sourceId = candidate.sourceId === null ? null : safeOf(candidate.sourceId);
  const path = safeOf(place.path);
  const refers = candidate.refers.map(safeOf);
  const isRenamed = sourceId !== candidate.sourceId || path !== place.path;
  const notes = isRenamed ? [...candidate.notes, NAME_MASKED] : candidate.notes;
  return { ...found, candidate: { ...candidate, sourceId, refers, notes }, place: { ...place, path } };
}
