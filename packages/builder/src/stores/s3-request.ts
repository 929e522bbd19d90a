/**
 * One signed request to a bucket. What the server says becomes one of three things: an answer, an error that may pass (and is
 * tried again here, a few times), or one that will not. Knows no objects.
 */
import { createHash } from 'node:crypto';
import type { AwsClient } from 'aws4fetch';
import type { S3Access } from './access.ts';
import { boundedText } from './bounded-text.ts';
import type { Transfer } from './object-store.ts';
import type { S3Address } from './store-address.ts';
import { mayPass, StoreError } from './store-error.ts';
import { type Tries, withTries } from './with-tries.ts';

interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Nothing: the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly signal?: AbortSignal | undefined;
}

export interface S3Upload extends Transfer {
  readonly key: string;
  readonly file: string;
  readonly sha256: string;
  readonly contentType: string;
  readonly partBytes: number;
}

export interface S3Caller {
  /** Answers 2xx, 404 and 416 as they are; everything else is thrown. */
  call(request: S3Request): Promise<Response>;
  urlOf(key: string | undefined, query?: Readonly<Record<string, string>>): URL;
  readonly client: AwsClient;
}

/** A part of eight megabytes over a slow line; whoever takes longer has stopped. */
const PATIENCE_MS = 120_000;

export async function s3Caller(address: S3Address, access: S3Access, tries: Tries): Promise<S3Caller> {
  const { AwsClient } = await import('aws4fetch');
  // Trying again is our matter: its own would go on for minutes, and not know what may pass.
  const client = new AwsClient({ ...access, service: 's3', region: address.region, retries: 0 });
  const urlOf: S3Caller['urlOf'] = (key, query = {}) => {
    const path = [address.bucket, ...(key === undefined ? [] : key.split('/'))].map(encodeURIComponent).join('/');
    const url = new URL(`${address.endpoint}/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  };
  const once = async (request: S3Request): Promise<Response> => {
    const { method, key, query, headers = {}, body, signal } = request;
    const hashed = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const response = await reached(address, () =>
      answeredInTime(signal, (within) =>
        client.fetch(urlOf(key, query), {
          method,
          headers: { ...headers, 'x-amz-content-sha256': hashed },
          ...(body === undefined ? {} : { body: new Uint8Array(body) }),
          signal: within,
        }),
      ),
    );
    if (response.ok || response.status === 404 || response.status === 416) return response;
    throw await refused(address, response);
  };
  return {
    client,
    urlOf,
    call: (request) => withTries(() => once(request), { ...tries, mayPass, signal: request.signal }),
  };
}

/** The time is for the answer to begin; what it brings may take longer, and a line that falls silent is noticed by Node. */
async function answeredInTime<T>(
  signal: AbortSignal | undefined,
  act: (within: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${PATIENCE_MS / 1000} seconds`)), PATIENCE_MS);
  try {
    return await act(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What the network throws says little by itself; where we wanted to go says more. */
export async function reached<T>({ name }: Pick<S3Address, 'name'>, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StoreError || (error as Error).name === 'AbortError') throw error;
    const why = ((error as Error).cause as Error | undefined)?.message ?? (error as Error).message;
    throw new StoreError('REMOTE_UNREACHABLE', `${name} cannot be reached: ${why}`, {
      hint: 'look at its address and at the network',
      cause: error,
    });
  }
}

async function refused({ name }: S3Address, response: Response): Promise<StoreError> {
  const { status } = response;
  const { text } = await boundedText(response, 4_000).catch(() => ({ text: '' }));
  const code = /<Code>(\w{1,80})<\/Code>/.exec(text)?.[1] ?? `status ${status}`;
  if (status === 401 || status === 403)
    return new StoreError('DENIED', `${name} refuses us: ${code}`, {
      hint: 'look at the access key, its secret, its rights and the clock of this machine',
    });
  if (status >= 500 || status === 408 || status === 429)
    return new StoreError('REMOTE_UNREACHABLE', `${name} cannot answer now: ${code}`, { hint: 'try again later' });
  return new StoreError('REMOTE_INVALID', `${name} does not do what it was asked: ${code}`, {
    hint: 'look at the bucket and at what the server supports',
  });
}
