/**
 * Asks for what follows the head that we know, in as little as each case allows: the difference, one commit's tree, or as
 * much of the past as proves that it does follow. Judges nothing; a late answer is the only one it asks for again.
 */
import { commitsOf, descends } from './ancestry.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import type { Ports } from './ports.ts';
import type { SeenHeads } from './seen-heads.ts';
import type { OwnSnapshot } from './snapshot.ts';
import type { FetchedRef, FetchRequest, Transport } from './transports/transport.ts';

/** What the next head has to follow. */
export interface Before {
  readonly commit: Oid;
  /** Undefined: of an earlier process only the name is left. */
  readonly snapshot?: OwnSnapshot | undefined;
}

export interface Fetching {
  readonly transport: Transport;
  readonly ref: string;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly seen: SeenHeads;
  readonly lookup: (oid: Oid) => GitObject | undefined;
  readonly counters: { fetches: number };
}

// The copies that one host keeps of a repository lag behind each other by moments.
const LAGS_MS = [250, 500, 1_000, 2_000];
/** How far back to look for a commit of which only the name is left; then all the way. */
const DEPTHS = [50, 2_000];

/** A head that is older than what we saw is either late, which passes in moments, or somebody put it back. */
export async function fetchNext(fetching: Fetching, before: Before | undefined): Promise<FetchedRef> {
  const { transport, ref, ports, signal } = fetching;
  let fetched = await fetchAfter(fetching, before);
  for (const lagMs of LAGS_MS) {
    if (!isOld(fetching, fetched.head, before)) return fetched;
    await ports.sleep(lagMs, signal);
    const head = (await transport.readRefs([ref], signal)).get(ref) ?? null;
    if (!isOld(fetching, head, before)) fetched = await fetchAfter(fetching, before);
  }
  return fetched;
}

// Without anything to follow, one commit's tree is taken and not the history. A store that is far behind could do the
// same again (cheaper from a few dozen commits on), once it can tell by the state itself which of its commits arrived.
async function fetchAfter(fetching: Fetching, before: Before | undefined): Promise<FetchedRef> {
  if (!before) return request(fetching, { have: [], depth: 1 });
  if (before.snapshot) return request(fetching, { have: [before.commit] });
  for (const depth of DEPTHS) {
    const fetched = await request(fetching, { have: [], depth });
    const { head, objects } = fetched;
    if (head === null || isOld(fetching, head, before)) return fetched;
    if (descends(head, before.commit, commitsOf(objects))) return fetched;
  }
  return request(fetching, { have: [] });
}

function request(
  { transport, ref, signal, lookup, counters }: Fetching,
  wanted: Pick<FetchRequest, 'have' | 'depth'>,
): Promise<FetchedRef> {
  counters.fetches += 1;
  return transport.fetchRef({ ref, signal, lookup, ...wanted });
}

function isOld({ seen }: Fetching, head: Oid | null, before: Before | undefined): boolean {
  return head !== null && head !== before?.commit && seen.has(head);
}
