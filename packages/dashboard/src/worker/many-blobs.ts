/**
 * Many blobs for one question: what is kept is asked for nowhere, what the source hands out in batches comes in batches, and the
 * rest comes one by one. Each is proven to be what its name says before it counts.
 */
import type { Keeping } from './keeping/keeping.ts';
import { inTurns } from './questions/in-turns.ts';
import type { Cost, Named, Reading } from './questions/question.ts';
import { isBlob } from './sources/git-hash.ts';
import type { Batch, Source } from './sources/source.ts';

export interface ManyBlobsParts {
  readonly source: Pick<Source, 'batch' | 'left'>;
  readonly keeping: Keeping;
  readonly one: (oid: string, where?: { readonly commit: string; readonly path: string }) => Promise<Uint8Array>;
  readonly signal: AbortSignal;
}

const LONGEST_MS = 60_000;

export function manyBlobs({ source, keeping, one, signal }: ManyBlobsParts): Pick<Reading, 'blobs' | 'costOf'> {
  return {
    blobs: async (entries, place) => {
      const found = await keptOf(keeping, entries);
      const missing = oidsOf(entries).filter((oid) => !found.has(oid));
      for (const [oid, bytes] of await inBatches(missing)) {
        found.set(oid, bytes);
        void keeping.keepObject(oid, bytes);
      }
      return inTurns(entries, async (it) => {
        const where = 'commit' in place ? { commit: place.commit, path: it.path } : undefined;
        return { ...it, bytes: found.get(it.oid) ?? (await one(it.oid, where)) };
      });
    },
    costOf: async (entries) => {
      const left = source.left?.() ?? null;
      if (left === null) return null;
      const missing = oidsOf(entries).length - (await keptOf(keeping, entries)).size;
      return { requests: Math.ceil(missing / ((await source.batch?.())?.most ?? 1)), left } satisfies Cost;
    },
  };

  async function inBatches(oids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const proven = new Map<string, Uint8Array>();
    const batch = oids.length > 1 ? await source.batch?.() : null;
    for (let at = 0; batch && at < oids.length; at += batch.most) {
      const some = oids.slice(at, at + batch.most);
      const answer = await answerOf(batch, some);
      await inTurns([...answer], async ([oid, bytes]) => {
        if (some.includes(oid) && (await isBlob(oid, bytes))) proven.set(oid, bytes);
      });
    }
    return proven;
  }

  /** Whatever is wrong with a batch, each blob can still be asked for by itself; that then says what is wrong. */
  async function answerOf(batch: Batch, oids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    try {
      return await batch.read(oids, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]));
    } catch {
      signal.throwIfAborted();
      return new Map();
    }
  }
}

const oidsOf = (entries: readonly Named[]): readonly string[] => [...new Set(entries.map(({ oid }) => oid))];

async function keptOf(keeping: Keeping, entries: readonly Named[]): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  await inTurns(oidsOf(entries), async (oid) => {
    const bytes = await keeping.object(oid);
    if (bytes && (await isBlob(oid, bytes))) found.set(oid, bytes);
  });
  return found;
}
