/**
 * Uploads in parts. Whoever was interrupted finds the upload again by its key, and sends only the parts that the server does not
 * have or has otherwise; the object appears when all parts are there and the whole is what its digest says.
 */
import { createHash } from 'node:crypto';
import { readParts } from './read-parts.ts';
import type { S3Caller, S3Upload } from './s3-request.ts';
import { readXml } from './s3-xml.ts';
import { StoreError } from './store-error.ts';

interface SentPart {
  readonly number: number;
  readonly etag: string;
}

export async function putInParts(caller: S3Caller, upload: S3Upload): Promise<void> {
  const { key, file, sha256, partBytes, signal, onProgress } = upload;
  const begun = await uploadsOf(caller, key, signal);
  const id = begun.find((it) => it.key === key)?.id ?? (await begin(caller, upload));
  const there = await partsOf(caller, { key, id, signal });
  const sent: SentPart[] = [];
  try {
    for await (const { number, offset, bytes } of readParts(file, { sha256, partBytes })) {
      const md5 = createHash('md5').update(bytes).digest('hex');
      const etag = there.get(number + 1) === md5 ? md5 : await send(caller, { upload, id, number: number + 1, bytes });
      sent.push({ number: number + 1, etag });
      onProgress?.(offset + bytes.length);
    }
  } catch (error) {
    // The file is not what it was: nobody will ever want the rest of it.
    if ((error as StoreError).code === 'INVALID_DATA')
      await caller.call({ method: 'DELETE', key, query: { uploadId: id } });
    throw error;
  }
  await complete(caller, { upload, id, sent });
}

async function begin({ call }: S3Caller, { key, contentType, signal }: S3Upload): Promise<string> {
  const answer = await call({
    method: 'POST',
    key,
    query: { uploads: '' },
    headers: { 'content-type': contentType },
    signal,
  });
  const id = (await readXml(answer)).InitiateMultipartUploadResult?.UploadId;
  if (id) return id;
  throw new StoreError('REMOTE_INVALID', 'the bucket begins no upload', {
    hint: 'look whether it exists, and takes uploads in parts',
  });
}

interface Sending {
  readonly upload: S3Upload;
  readonly id: string;
  readonly number: number;
  readonly bytes: Buffer;
}

async function send({ call }: S3Caller, { upload: { key, signal }, id, number, bytes }: Sending): Promise<string> {
  const query = { partNumber: String(number), uploadId: id };
  const { status, headers } = await call({ method: 'PUT', key, query, body: bytes, signal });
  const etag = headers.get('etag');
  if (status === 404 || !etag)
    throw new StoreError('REMOTE_UNREACHABLE', 'the upload was dropped by the store', { hint: 'begin it again' });
  return etag.replaceAll('"', '');
}

async function complete(
  { call }: S3Caller,
  { upload: { key, signal }, id, sent }: { upload: S3Upload; id: string; sent: readonly SentPart[] },
): Promise<void> {
  const parts = sent.map(
    ({ number, etag }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>"${etag.replaceAll(/[^\w-]/g, '')}"</ETag></Part>`,
  );
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const headers = { 'content-type': 'application/xml' };
  const answer = await call({ method: 'POST', key, query: { uploadId: id }, body, headers, signal });
  // It may answer 200 long before it knows, and say in the body that it failed.
  if ((await readXml(answer)).CompleteMultipartUploadResult) return;
  throw new StoreError('REMOTE_UNREACHABLE', 'the store did not put the parts together', { hint: 'try again' });
}

interface Begun {
  readonly key: string;
  readonly id: string;
  readonly at: string;
}

/** Newest first. */
async function uploadsOf({ call }: S3Caller, prefix: string, signal?: AbortSignal): Promise<readonly Begun[]> {
  const begun: Begun[] = [];
  let page: Record<string, string> = {};
  for (;;) {
    const answer = await call({
      method: 'GET',
      query: { uploads: '', ...(prefix === '' ? {} : { prefix }), ...page },
      signal,
    });
    const {
      Upload = [],
      IsTruncated,
      NextKeyMarker = '',
      NextUploadIdMarker = '',
    } = (await readXml(answer, ['Upload'])).ListMultipartUploadsResult ?? {};
    for (const { Key: key = '', UploadId: id = '', Initiated: at = '' } of Upload) begun.push({ key, id, at });
    if (IsTruncated !== 'true' || Upload.length === 0) break;
    page = { 'key-marker': NextKeyMarker, 'upload-id-marker': NextUploadIdMarker };
  }
  return begun.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Part → the digest under which the server has it. */
async function partsOf(
  { call }: S3Caller,
  { key, id, signal }: { key: string; id: string; signal: AbortSignal | undefined },
): Promise<ReadonlyMap<number, string>> {
  const parts = new Map<number, string>();
  let page: Record<string, string> = {};
  for (;;) {
    const answer = await call({ method: 'GET', key, query: { uploadId: id, ...page }, signal });
    if (answer.status === 404) return parts;
    const {
      Part = [],
      IsTruncated,
      NextPartNumberMarker = '',
    } = (await readXml(answer, ['Part'])).ListPartsResult ?? {};
    for (const { PartNumber = '0', ETag = '' } of Part) parts.set(Number(PartNumber), ETag.replace(/^"|"$/g, ''));
    if (IsTruncated !== 'true' || Part.length === 0) return parts;
    page = { 'part-number-marker': NextPartNumberMarker };
  }
}

export async function dropUploads(
  caller: S3Caller,
  { prefix, before }: { prefix: string; before: Date },
): Promise<number> {
  const old = (await uploadsOf(caller, prefix === '' ? '' : `${prefix}/`)).filter((it) => new Date(it.at) < before);
  for (const { key, id } of old) await caller.call({ method: 'DELETE', key, query: { uploadId: id } });
  return old.length;
}
