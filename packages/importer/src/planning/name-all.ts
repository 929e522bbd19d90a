/**
 * Gives everything its id here. It is the old one wherever that is a name and nobody else has it; else the nearest name, with
 * a piece of the digest where two would be called alike. What the yard knows already keeps its id, so that the same source
 * gives the same ids also when more has come into it.
 */
import { idFrom } from '@gityard/domain';
import type { Known, KnownThing } from './known.ts';
import type { Found } from './shape-all.ts';

export interface Named extends Found {
  readonly id: string;
  /** The yard has it from an import before. */
  readonly known: KnownThing | null;
  /** Another bears the id that it had. */
  readonly collides: boolean;
}

export function nameAll(found: readonly Found[], known: Known): readonly Named[] {
  const groups = new Map<string, Found[]>();
  for (const it of found) {
    const key = `${it.candidate.kind} ${wishOf(it.candidate)}`;
    const group = groups.get(key);
    if (group) group.push(it);
    else groups.set(key, [it]);
  }
  return [...groups.values()].flatMap((group) => nameGroup(group, known));
}

const wishOf = ({ kind, sourceId, digest }: Found['candidate']): string => {
  if (kind === 'branch') return sourceId ?? digest;
  return sourceId === null ? `${kind}-${digest}` : idFrom(sourceId);
};

function nameGroup(group: readonly Found[], known: Known): Named[] {
  const sorted = group.toSorted((a, b) => compare(rank(a), rank(b)));
  const [first] = sorted;
  if (!first) return [];
  const { kind } = first.candidate;
  const plain = wishOf(first.candidate);
  const there = known(kind, plain);
  // Of servers and branches there is one for each name, imported or not.
  const isUnmarked = kind === 'agent' || kind === 'branch';
  const owner = there && !isUnmarked ? sorted.find((it) => it.candidate.digest === there.digest) : first;
  return sorted.map((it): Named => {
    if (it === owner) return { ...it, id: plain, known: there ?? null, collides: false };
    const id = `${plain.slice(0, 91)}-${it.candidate.digest.slice(0, 8)}`;
    const renamed = known(kind, id);
    return { ...it, id, known: renamed?.digest === it.candidate.digest ? renamed : null, collides: true };
  });
}

const rank = ({ candidate }: Found): string => `${candidate.at} ${candidate.digest}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
