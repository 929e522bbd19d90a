/** Reading in version 2 of Git's protocol: each question stands for itself, so any way to have it answered will do. */
import type { Oid } from '../codec/oid.ts';
import { readPack } from '../codec/pack-reader.ts';
import { notGit } from '../codec/pkt-line.ts';
import type { Capabilities } from './capabilities.ts';
import {
  type FetchMessage,
  type FetchReply,
  fetchMessage,
  listRefsMessage,
  readFetchReply,
  readRefList,
} from './fetch-messages.ts';
import { type Reading, withPrefixes } from './reading.ts';
import type { FetchedRef, FetchRequest } from './transport.ts';

export interface Speaker {
  readonly name: string;
  readonly capabilities: Capabilities;
  ask(body: Uint8Array): Promise<Uint8Array>;
}

export function protocolTwo(speaker: Speaker): Reading {
  const { wantRef } = speaker.capabilities;
  return {
    readRefs: (prefixes) => readRefs(speaker, prefixes),
    fetchRef: async (request) =>
      (wantRef ? await fetchByName(speaker, request) : undefined) ?? fetchByOid(speaker, request),
  };
}

async function readRefs({ ask, capabilities }: Speaker, prefixes: readonly string[]): Promise<Map<string, Oid>> {
  return withPrefixes(readRefList(await ask(listRefsMessage(prefixes, capabilities))), prefixes);
}

/** One request. Undefined when the server refuses the name; the reason is told better by listing. */
async function fetchByName(speaker: Speaker, request: FetchRequest): Promise<FetchedRef | undefined> {
  const reply = await fetch(speaker, request, { ref: request.ref });
  const head = reply.refs.get(request.ref);
  if (head === undefined) return undefined;
  return fetchedFrom(reply, { speaker, request, head });
}

async function fetchByOid(speaker: Speaker, request: FetchRequest): Promise<FetchedRef> {
  const refs = await readRefs(speaker, [request.ref]);
  const head = refs.get(request.ref) ?? null;
  if (head === null || request.have.includes(head)) return { head, objects: [] };

  const reply = await fetch(speaker, request, { oid: head });
  return fetchedFrom(reply, { speaker, request, head });
}

interface Fetched {
  readonly speaker: Speaker;
  readonly request: FetchRequest;
  readonly head: Oid;
}

async function fetchedFrom(reply: FetchReply, fetched: Fetched): Promise<FetchedRef> {
  const [{ head, request }, objects] = [fetched, await objectsIn(reply, fetched)];
  return request.whole ? { head, objects, pack: reply.pack } : { head, objects };
}

async function objectsIn(reply: FetchReply, { speaker, request, head }: Fetched): Promise<FetchedRef['objects']> {
  if (reply.refusal !== undefined) throw notGit(`${speaker.name} gave up: ${reply.refusal}`);
  if (request.have.includes(head)) return [];

  const { objects, missingBases } = await readPack(reply.pack, { lookup: request.lookup });
  if (missingBases.length === 0) return objects;

  // The server wrote a file as the difference to one that it had kept from us for its size. Ask for whole files.
  const { lookup: _, ...whole } = request;
  const again = await fetch(speaker, whole, { oid: head });
  if (again.refusal !== undefined) throw notGit(`${speaker.name} gave up: ${again.refusal}`);
  return (await readPack(again.pack)).objects;
}

async function fetch(
  { ask, capabilities }: Speaker,
  { have, depth, lookup, whole }: FetchRequest,
  want: FetchMessage['want'],
): Promise<FetchReply> {
  const message = fetchMessage({ want, have, depth, thin: lookup !== undefined, whole }, capabilities);
  return readFetchReply(await ask(message));
}
