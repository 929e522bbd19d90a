/**
 * A ref and all that it reaches as one file, in Git's own format, so that `git clone` reads it and no Git is needed to
 * write it: a few lines, and a pack. It may hold what came since a commit alone, and rests then on files that hold that one.
 * Read back, the files are a remote from which can only be fetched.
 */
import { commitsOf, descends } from './ancestry.ts';
import type { GitObject } from './codec/object.ts';
import { isOid, type Oid } from './codec/oid.ts';
import { readPack } from './codec/pack-reader.ts';
import { writePack } from './codec/pack-writer.ts';
import { StoreError } from './errors.ts';
import { linksOf, reachable } from './transports/reachable.ts';
import type { Transport } from './transports/transport.ts';

const SIGNATURE = '# v2 git bundle\n';

export interface Bundled {
  readonly head: Oid;
  /** What whoever reads it must have already. */
  readonly since: Oid | null;
  readonly bytes: Uint8Array;
}

export interface BundleOf {
  /** Other names for the same head. */
  readonly others?: readonly string[];
  /** Commits that the reader has: where the ref goes on from one of them, only what came since is written. */
  readonly since?: readonly Oid[];
}

/** Everything that the ref reaches; undefined when there is no such ref. */
export async function bundleOf(
  transport: Pick<Transport, 'fetchRef'>,
  ref: string,
  { others = [], since = [] }: BundleOf = {},
): Promise<Bundled | undefined> {
  const part = since.length === 0 ? undefined : await fetchSince(transport, ref, since);
  const { head, objects, pack } = part ?? (await transport.fetchRef({ ref, have: [], whole: true }));
  if (head === null) return undefined;
  const rests = part?.since ?? null;
  const lines = [...(rests === null ? [] : [`-${rests}\n`]), ...[ref, ...others].map((name) => `${head} ${name}\n`)];
  const header = Buffer.from(`${SIGNATURE}${lines.join('')}\n`);
  // The server's own pack is written with differences, and a fraction of what ours would be.
  return { head, since: rests, bytes: Buffer.concat([header, pack ?? writePack(objects)]) };
}

/** Undefined: it goes on from none of them, so that all of it is needed. */
async function fetchSince(transport: Pick<Transport, 'fetchRef'>, ref: string, since: readonly Oid[]) {
  const fetched = await transport.fetchRef({ ref, have: since, whole: true });
  const { head } = fetched;
  if (head === null) return undefined;
  const commits = commitsOf(fetched.objects);
  const from = since.find((it) => it === head || descends(head, it, commits));
  return from === undefined ? undefined : { ...fetched, since: from };
}

/** Throws REMOTE_INVALID when it is no bundle, is damaged, or lacks anything that its refs lead to. */
export const openBundle = (bytes: Uint8Array, name: string): Promise<Transport> => openBundles([{ bytes, name }], name);

export interface BundleFile {
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly name: string;
}

/** Files that rest on each other, the oldest first; of a ref the last one counts. Throws as `openBundle` does. */
export async function openBundles(files: readonly BundleFile[], name: string): Promise<Transport> {
  const refs = new Map<string, Oid>();
  const known = new Map<Oid, GitObject>();
  for (const file of files) {
    const { refs: named, needs, packAt } = readHeader(file.bytes, file.name);
    if (!needs.every((it) => known.has(it))) throw noBundle(file.name, 'needs commits that are elsewhere');
    const { objects } = await readPack(file.bytes.subarray(packAt), { lookup: (oid) => known.get(oid) });
    for (const object of objects) known.set(object.oid, object);
    for (const [ref, head] of named) refs.set(ref, head);
  }
  const lost = [...refs.values(), ...[...known.values()].flatMap(linksOf)].find((oid) => !known.has(oid));
  if (lost !== undefined) throw noBundle(name, `lacks the object ${lost}`);
  return bundleTransport(name, refs, known);
}

function bundleTransport(
  name: string,
  refs: ReadonlyMap<string, Oid>,
  objects: ReadonlyMap<Oid, GitObject>,
): Transport {
  return {
    name,
    readRefs: async (prefixes) =>
      new Map([...refs].filter(([ref]) => prefixes.some((prefix) => ref.startsWith(prefix)))),
    fetchRef: async ({ ref, have, depth }) => {
      const head = refs.get(ref) ?? null;
      return { head, objects: head === null ? [] : reachable(objects, { from: head, have, depth }) };
    },
    push: async () => {
      throw new StoreError('DENIED', `${name} is a bundle, which nobody writes to`, { hint: 'push to a repository' });
    },
    close: async () => undefined,
  };
}

interface Header {
  readonly refs: ReadonlyMap<string, Oid>;
  readonly needs: readonly Oid[];
  readonly packAt: number;
}

function readHeader(bytes: Uint8Array, name: string): Header {
  const packAt = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('\n\n') + 2;
  const [signature, ...lines] = new TextDecoder().decode(bytes.subarray(0, packAt)).trimEnd().split('\n');
  if (packAt < 2 || `${signature}\n` !== SIGNATURE) throw noBundle(name, 'is no bundle of version 2');
  const refs = new Map<string, Oid>();
  const needs: Oid[] = [];
  for (const line of lines) {
    const [oid = '', ref = ''] = line.replace(/^-/, '').split(' ');
    if (!isOid(oid) || (ref === '' && !line.startsWith('-'))) throw noBundle(name, 'names its refs in no known way');
    if (line.startsWith('-')) needs.push(oid);
    else refs.set(ref, oid);
  }
  return { refs, needs, packAt };
}

function noBundle(name: string, what: string): StoreError {
  return new StoreError('REMOTE_INVALID', `${name} ${what}`, { hint: 'git bundle verify tells what is wrong with it' });
}
