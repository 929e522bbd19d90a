/** What both versions of Git's protocol are to a transport: a way to read refs and what one of them reaches. */
import type { Oid } from '../codec/oid.ts';
import type { FetchedRef, FetchRequest } from './transport.ts';

export interface Reading {
  readRefs(prefixes: readonly string[]): Promise<Map<string, Oid>>;
  fetchRef(request: FetchRequest): Promise<FetchedRef>;
}

/** A server may answer with more than was asked for. */
export function withPrefixes(refs: Iterable<[string, Oid]>, prefixes: readonly string[]): Map<string, Oid> {
  return new Map([...refs].filter(([ref]) => prefixes.some((prefix) => ref.startsWith(prefix))));
}
