/**
 * A container of Azure Blob Storage as a place for large files. Blocks bear the digest of their bytes in their names, so an
 * upload that was interrupted goes on with those that are there. The library is large, and loaded when it is first needed.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { ContainerClient } from '@azure/storage-blob';
import type { AzureAccess } from './access.ts';
import { appendFrom } from './append-from.ts';
import { azureFailure } from './azure-failure.ts';
import type { Fetching, ObjectStore, StoredObject, Transfer } from './object-store.ts';
import { readParts } from './read-parts.ts';
import type { AzureAddress } from './store-address.ts';
import { StoreError } from './store-error.ts';
import { checkedKey, joinedKey } from './store-key.ts';
import { PATIENT, type Tries } from './with-tries.ts';

export interface AzureOptions {
  readonly partBytes?: number;
  readonly tries?: Tries;
}

const PART_BYTES = 8 * 1024 * 1024;
const MOST_PARTS = 40_000;
const PATIENCE_MS = 120_000;

export function azureStore(
  address: AzureAddress,
  access: AzureAccess,
  { partBytes = PART_BYTES, tries = PATIENT }: AzureOptions = {},
): ObjectStore {
  let opened: Promise<ContainerClient> | undefined;
  const container = () => (opened ??= openContainer(address, access, tries));
  const keyOf = (key: string) => joinedKey(address.prefix, checkedKey(key));
  const asking = <T>(act: (container: ContainerClient) => Promise<T>): Promise<T> =>
    azureFailure(address.name, async () => act(await container()));
  return {
    name: address.name,
    put: (key, file, facts) => asking((it) => put(it, { key: keyOf(key), file, ...facts, partBytes })),
    get: (key, file, fetching = {}) => asking((it) => get(it, { key: keyOf(key), file, ...fetching })),
    head: (key) => asking((it) => head(it, { key, full: keyOf(key) })),
    list: (prefix) => list(address, asking, prefix),
    remove: (key) => asking(async (it) => void (await it.getBlobClient(keyOf(key)).deleteIfExists())),
    // Blocks that no blob took up are dropped by Azure after a week.
    dropUnfinished: async () => 0,
    link: (key, expiresSeconds, contentDisposition) =>
      asking((it) => link(it, { key: keyOf(key), expiresSeconds, contentDisposition, access })),
  };
}

async function openContainer(
  address: AzureAddress,
  access: AzureAccess,
  { tries, firstPauseMs }: Tries,
): Promise<ContainerClient> {
  const { AnonymousCredential, ContainerClient, StorageSharedKeyCredential } = await import('@azure/storage-blob');
  const url = `${address.endpoint}/${address.container}`;
  const options = { retryOptions: { maxTries: tries, retryDelayInMs: firstPauseMs, tryTimeoutInMs: PATIENCE_MS } };
  if (access.accountKey !== undefined)
    return new ContainerClient(url, new StorageSharedKeyCredential(address.account, access.accountKey), options);
  return new ContainerClient(`${url}?${access.sasToken ?? ''}`, new AnonymousCredential(), options);
}

interface Upload extends Transfer {
  readonly key: string;
  readonly file: string;
  readonly sha256: string;
  readonly contentType: string;
  readonly partBytes: number;
}

async function put(
  container: ContainerClient,
  { key, file, sha256, contentType, partBytes, signal, onProgress }: Upload,
): Promise<void> {
  const blob = container.getBlockBlobClient(key);
  const { size } = await stat(file);
  const aborting = signal ? { abortSignal: signal } : {};
  const there = await uncommitted(blob);
  const blocks: string[] = [];
  const parts = readParts(file, { sha256, partBytes: Math.max(partBytes, Math.ceil(size / MOST_PARTS)) });
  for await (const { number, offset, bytes } of parts) {
    const name = blockName(number, bytes);
    if (there.get(name) !== bytes.length)
      await blob.stageBlock(name, bytes, bytes.length, {
        ...aborting,
        transactionalContentMD5: createHash('md5').update(bytes).digest(),
      });
    blocks.push(name);
    onProgress?.(offset + bytes.length);
  }
  await blob.commitBlockList(blocks, { ...aborting, blobHTTPHeaders: { blobContentType: contentType } });
}

/** All names of a blob must be of one length. */
const blockName = (number: number, bytes: Buffer): string =>
  Buffer.from(
    `${String(number).padStart(6, '0')}-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`,
  ).toString('base64');

async function uncommitted(
  blob: ReturnType<ContainerClient['getBlockBlobClient']>,
): Promise<ReadonlyMap<string, number>> {
  try {
    const { uncommittedBlocks = [] } = await blob.getBlockList('uncommitted');
    return new Map(uncommittedBlocks.map(({ name, size }) => [name, size]));
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw error;
  }
}

async function get(
  container: ContainerClient,
  { key, file, ...fetching }: { key: string; file: string } & Fetching,
): Promise<boolean> {
  const blob = container.getBlobClient(key);
  const found = await blob.getProperties().catch(nothingIfMissing);
  if (!found) return false;
  const whole = found.contentLength ?? 0;
  const read = async (from: number) => {
    if (from >= whole) return null;
    const { readableStreamBody } = await blob.download(
      from,
      undefined,
      fetching.signal ? { abortSignal: fetching.signal } : {},
    );
    return (readableStreamBody as AsyncIterable<Uint8Array> | undefined) ?? null;
  };
  await appendFrom(file, read, fetching);
  return true;
}

async function head(
  container: ContainerClient,
  { key, full }: { key: string; full: string },
): Promise<StoredObject | null> {
  const found = await container.getBlobClient(full).getProperties().catch(nothingIfMissing);
  if (!found) return null;
  return { key, sizeBytes: found.contentLength ?? 0, storedAt: (found.lastModified ?? new Date(0)).toISOString() };
}

type Asking = <T>(act: (container: ContainerClient) => Promise<T>) => Promise<T>;

async function* list({ prefix }: AzureAddress, asking: Asking, below: string): AsyncGenerator<StoredObject> {
  const root = prefix === '' ? '' : `${prefix}/`;
  const pages = await asking(async (it) =>
    it
      .listBlobsFlat({ prefix: root + below })
      .byPage()
      [Symbol.asyncIterator](),
  );
  for (;;) {
    const { done, value } = await asking(() => pages.next());
    if (done) return;
    for (const { name, properties } of value.segment.blobItems)
      yield {
        key: name.slice(root.length),
        sizeBytes: properties.contentLength ?? 0,
        storedAt: properties.lastModified.toISOString(),
      };
  }
}

interface Linking {
  readonly key: string;
  readonly expiresSeconds: number;
  readonly contentDisposition: string | undefined;
  readonly access: AzureAccess;
}

async function link(
  container: ContainerClient,
  { key, expiresSeconds, contentDisposition, access }: Linking,
): Promise<string | null> {
  // Whoever has only such a link himself cannot make another.
  if (access.accountKey === undefined) return null;
  const { BlobSASPermissions } = await import('@azure/storage-blob');
  const expiresOn = new Date(Date.now() + expiresSeconds * 1000);
  return container.getBlobClient(key).generateSasUrl({
    permissions: BlobSASPermissions.parse('r'),
    expiresOn,
    ...(contentDisposition !== undefined && { contentDisposition }),
  });
}

const isMissing = (error: unknown): boolean =>
  (error as { statusCode?: number }).statusCode === 404 && (error as { code?: string }).code !== 'ContainerNotFound';

function nothingIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error instanceof Error ? error : new StoreError('REMOTE_INVALID', String(error));
}
