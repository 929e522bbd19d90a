/**
 * What a yard needs to be made again, as bundles: its state, the parts of its history that were cut off, its logs. Heartbeats are
 * not among it, they come anew; nor are tags, which follow from what the state says of them.
 */
import { type Bundled, bundleOf, StoreError, type Transport } from '@gityard/store';
import { EPOCH_REFS } from '../compact/epochs.ts';
import type { Refs } from '../options.ts';

/** By their refs. */
export type Heads = Readonly<Record<string, string>>;

export interface SavedRef extends Bundled {
  readonly ref: string;
}
export interface SavedYard {
  readonly heads: Heads;
  /** In an order in which each rests on those before it, and on the yard that was known. */
  readonly parts: readonly SavedRef[];
}

export interface SaveYard {
  readonly transport: Transport;
  readonly refs: Refs;
  /** What whoever keeps the parts has already; they are written as what came since. */
  readonly known?: Heads | undefined;
}

/** Each is lost to a history that is cut at this moment. */
const TRIES = 3;

/** Throws StoreError. */
export async function saveYard({ transport, refs, known = {} }: SaveYard): Promise<SavedYard> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const epochs = await transport.readRefs(EPOCH_REFS);
    // The state before the logs: whatever it speaks of is there when they are read.
    const names = [...epochs.keys(), refs.state, refs.logs];
    const saved = await saveRefs(transport, names, known);
    if (sameRefs(epochs, await transport.readRefs(EPOCH_REFS))) return saved;
  }
  throw new StoreError('CONFLICT', `the history in ${transport.name} was cut ${TRIES} times while it was saved`, {
    hint: 'try again',
  });
}

async function saveRefs(transport: Transport, names: readonly string[], known: Heads): Promise<SavedYard> {
  const heads: Record<string, string> = {};
  const parts: SavedRef[] = [];
  const there = await transport.readRefs(names);
  for (const ref of names) {
    const before = known[ref];
    // What was cut off goes on from the state that was known.
    const since = [before, ...Object.values(known)].filter((it) => it !== undefined);
    const isSame = before !== undefined && there.get(ref) === before;
    const saved = isSame ? undefined : await bundleOf(transport, ref, { since });
    const head = saved?.head ?? there.get(ref);
    if (head !== undefined) heads[ref] = head;
    if (saved && saved.head !== before) parts.push({ ref, ...saved });
  }
  return { heads, parts };
}

const sameRefs = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([ref, head]) => other.get(ref) === head);
