/**
 * A bucket that speaks S3 as a place for large files. Large ones go in parts, and an upload that was interrupted goes on with
 * the parts that the server has; every request says the digest of what it brings, so that the server checks it too.
 */
import { stat } from 'node:fs/promises';
import type { S3Access } from './access.ts';
import { appendFrom } from './append-from.ts';
import type { Fetching, ObjectStore, StoredObject } from './object-store.ts';
import { readParts } from './read-parts.ts';
import { dropUploads, putInParts } from './s3-multipart.ts';
import { reached, type S3Caller, type S3Upload, s3Caller } from './s3-request.ts';
import { readXml } from './s3-xml.ts';
import type { S3Address } from './store-address.ts';
import { StoreError } from './store-error.ts';
import { checkedKey, joinedKey } from './store-key.ts';
import { PATIENT, type Tries } from './with-tries.ts';

export interface S3Options {
  readonly partBytes?: number;
  readonly tries?: Tries;
  /** Of a list; left out: as many as the server gives at once. */
  readonly pageRows?: number;
}

const PART_BYTES = 8 * 1024 * 1024;
/** A bucket takes ten thousand. */
const MOST_PARTS = 9_000;

export function s3Store(
  address: S3Address,
  access: S3Access,
  { partBytes = PART_BYTES, tries = PATIENT, pageRows = 1000 }: S3Options = {},
): ObjectStore {
  let opened: Promise<S3Caller> | undefined;
  const caller = () => (opened ??= s3Caller(address, access, tries));
  const keyOf = (key: string) => joinedKey(address.prefix, checkedKey(key));
  return {
    name: address.name,
    put: async (key, file, facts) => {
      const { size } = await stat(file);
      const upload = { key: keyOf(key), file, ...facts, partBytes: Math.max(partBytes, Math.ceil(size / MOST_PARTS)) };
      await (size > upload.partBytes ? putInParts(await caller(), upload) : putWhole(await caller(), upload));
    },
    get: async (key, file, fetching = {}) => get(address, { caller: await caller(), key: keyOf(key), file, fetching }),
    head: async (key) => {
      const found = await (await caller()).call({ method: 'HEAD', key: keyOf(key) });
      return found.status === 404 ? null : { key, ...factsOf(found) };
    },
    list: (below) => list(caller, { root: address.prefix === '' ? '' : `${address.prefix}/`, below, pageRows }),
    remove: async (key) => void (await (await caller()).call({ method: 'DELETE', key: keyOf(key) })),
    dropUnfinished: async (before) => dropUploads(await caller(), { prefix: address.prefix, before }),
    link: async (key, expiresSeconds, disposition) => {
      const { client, urlOf } = await caller();
      const url = urlOf(keyOf(key), {
        'X-Amz-Expires': String(expiresSeconds),
        ...(disposition !== undefined && { 'response-content-disposition': disposition }),
      });
      return (await client.sign(url, { method: 'GET', aws: { signQuery: true } })).url;
    },
  };
}

async function putWhole(
  { call }: S3Caller,
  { key, file, sha256, contentType, partBytes, signal, onProgress }: S3Upload,
): Promise<void> {
  const read: Buffer[] = [];
  for await (const { bytes } of readParts(file, { sha256, partBytes })) read.push(bytes);
  const body = Buffer.concat(read);
  const { status } = await call({ method: 'PUT', key, body, headers: { 'content-type': contentType }, signal });
  if (status === 404) throw noBucket();
  onProgress?.(body.length);
}

interface Getting {
  readonly caller: S3Caller;
  readonly key: string;
  readonly file: string;
  readonly fetching: Fetching;
}

async function get(address: S3Address, { caller, key, file, fetching }: Getting): Promise<boolean> {
  const { signal } = fetching;
  const found = await caller.call({ method: 'HEAD', key, signal });
  if (found.status === 404) return false;
  const whole = factsOf(found).sizeBytes;
  const read = async (from: number) => {
    if (from >= whole) return null;
    const headers: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` };
    const response = await caller.call({ method: 'GET', key, headers, signal });
    return response.ok && (from === 0 || response.status === 206) ? response.body : null;
  };
  await reached(address, () => appendFrom(file, read, fetching));
  return true;
}

function factsOf({ headers }: Response): Pick<StoredObject, 'sizeBytes' | 'storedAt'> {
  const at = new Date(headers.get('last-modified') ?? 0);
  return { sizeBytes: Number(headers.get('content-length') ?? 0), storedAt: at.toISOString() };
}

interface Listing {
  /** The keys of others are beside it. */
  readonly root: string;
  readonly below: string;
  readonly pageRows: number;
}

async function* list(
  caller: () => Promise<S3Caller>,
  { root, below, pageRows }: Listing,
): AsyncGenerator<StoredObject> {
  const { call } = await caller();
  const query = { 'list-type': '2', prefix: root + below, 'max-keys': String(pageRows) };
  let page: Record<string, string> = {};
  for (;;) {
    const answer = await call({ method: 'GET', query: { ...query, ...page } });
    if (answer.status === 404) throw noBucket();
    const { Contents = [], NextContinuationToken: next } = (await readXml(answer, ['Contents'])).ListBucketResult ?? {};
    for (const { Key = '', Size = '0', LastModified = '' } of Contents)
      yield {
        key: Key.slice(root.length),
        sizeBytes: Number(Size),
        storedAt: new Date(LastModified || 0).toISOString(),
      };
    if (!next) return;
    page = { 'continuation-token': next };
  }
}

const noBucket = (): StoreError =>
  new StoreError('REMOTE_INVALID', 'the bucket does not exist', { hint: 'make it, or name another' });
