/**
 * A ref and all that it reaches as one file, in Git's own format, so that `git clone` reads it and no Git is needed to
 * write it: a few lines, and a pack. Read back, it is a remote from which can only be fetched.
 */
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
  readonly bytes: Uint8Array;
}

/** Everything that the ref reaches, under its own name and those `others`; undefined when there is no such ref. */
export async function bundleOf(
  transport: Pick<Transport, 'fetchRef'>,
  ref: string,
  others: readonly string[] = [],
): Promise<Bundled | undefined> {
  const { head, objects, pack } = await transport.fetchRef({ ref, have: [], whole: true });
  if (head === null) return undefined;
  const lines = [ref, ...others].map((name) => `${head} ${name}\n`);
  const header = Buffer.from(`${SIGNATURE}${lines.join('')}\n`);
  // The server's own pack is written with differences, and a fraction of what ours would be.
  return { head, bytes: Buffer.concat([header, pack ?? writePack(objects)]) };
}

/** Throws REMOTE_INVALID when it is no bundle, is damaged, or lacks anything that its refs lead to. */
export async function openBundle(bytes: Uint8Array, name: string): Promise<Transport> {
  const { refs, packAt } = readHeader(bytes, name);
  const { objects } = await readPack(bytes.subarray(packAt));
  const known = new Map(objects.map((it) => [it.oid, it]));
  const lost = [...refs.values(), ...objects.flatMap(linksOf)].find((oid) => !known.has(oid));
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

function readHeader(bytes: Uint8Array, name: string): { refs: Map<string, Oid>; packAt: number } {
  const packAt = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('\n\n') + 2;
  const [signature, ...lines] = new TextDecoder().decode(bytes.subarray(0, packAt)).trimEnd().split('\n');
  if (packAt < 2 || `${signature}\n` !== SIGNATURE) throw noBundle(name, 'is no bundle of version 2');
  const refs = new Map<string, Oid>();
  for (const line of lines) {
    const [oid = '', ref = ''] = line.split(' ');
    if (!isOid(oid) || ref === '') throw noBundle(name, 'needs commits that are elsewhere');
    refs.set(ref, oid);
  }
  return { refs, packAt };
}

function noBundle(name: string, what: string): StoreError {
  return new StoreError('REMOTE_INVALID', `${name} ${what}`, { hint: 'git bundle verify tells what is wrong with it' });
}
