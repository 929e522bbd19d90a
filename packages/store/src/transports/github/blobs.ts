/**
 * Files from the API: many texts in one request, and what is no text, or too long for that, one by one. Each is known
 * by its hash. A file of more than a megabyte is left out, as over Git's own protocol.
 */
import { type GitObject, makeObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';
import { StoreError } from '../../errors.ts';
import type { GithubApi } from './api.ts';
import { blobTextIn, contentIn, objectIn } from './replies.ts';
import { readBlob, readBlobs } from './requests.ts';

export interface Wanted {
  readonly blobs: Iterable<Oid>;
  /** As far as they are known. */
  readonly sizes: ReadonlyMap<Oid, number>;
  readonly signal: AbortSignal | undefined;
}

const LARGEST_BYTES = 1024 * 1024;
/** The host cuts texts at about half a megabyte. */
const LARGEST_TEXT_BYTES = 400_000;
const BATCH = 100;
const BATCH_BYTES = 2_000_000;
const USUAL_BYTES = 4_000;

export async function readFiles(api: GithubApi, { blobs, sizes, signal }: Wanted): Promise<GitObject[]> {
  const fetched = [...blobs].filter((it) => (sizes.get(it) ?? 0) <= LARGEST_BYTES);
  const isLong = (it: Oid) => (sizes.get(it) ?? 0) > LARGEST_TEXT_BYTES;
  const files: GitObject[] = [];
  const others = fetched.filter(isLong);
  for (const batch of batches(
    fetched.filter((it) => !isLong(it)),
    sizes,
  )) {
    const { texts, rest } = await readTexts(api, batch, signal);
    files.push(...texts);
    others.push(...rest);
  }
  for (const oid of others) files.push(await readFile(api, oid, signal));
  return files;
}

/** One file, whatever its size. */
export async function readFile(api: GithubApi, oid: Oid, signal: AbortSignal | undefined): Promise<GitObject> {
  const { json } = await api.rest(readBlob(oid), signal);
  const blob = makeObject('blob', contentIn(json));
  if (blob.oid === oid) return blob;
  throw new StoreError('REMOTE_INVALID', `${api.address.name} tells of a file ${oid} that has another hash`, {
    hint: 'try again; if it stays so, run git fsck on a clone of the repository',
  });
}

async function readTexts(api: GithubApi, oids: readonly Oid[], signal: AbortSignal | undefined) {
  const repository = await api.ask(readBlobs(oids), signal);
  const texts: GitObject[] = [];
  const rest: Oid[] = [];
  oids.forEach((oid, index) => {
    const { text, sizeBytes } = blobTextIn(objectIn(repository, index));
    const blob = text === undefined ? undefined : makeObject('blob', new TextEncoder().encode(text));
    // Text that the host had to mend on its way has another hash, and is then had as bytes.
    if (blob?.oid === oid) texts.push(blob);
    else if (sizeBytes <= LARGEST_BYTES) rest.push(oid);
  });
  return { texts, rest };
}

function* batches(oids: readonly Oid[], sizes: ReadonlyMap<Oid, number>): Iterable<Oid[]> {
  let batch: Oid[] = [];
  let bytes = 0;
  for (const oid of oids) {
    batch.push(oid);
    bytes += sizes.get(oid) ?? USUAL_BYTES;
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
