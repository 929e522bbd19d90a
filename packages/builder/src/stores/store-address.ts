/**
 * The address of a place for large files, as a person writes it: a folder, `s3://bucket/prefix?endpoint=https://…&region=…`, or
 * `azure://account/container/prefix`. It never holds a secret, so it may stand in logs, settings and manifests.
 */
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSafePath } from '../artifacts/safe-path.ts';
import { StoreError } from './store-error.ts';

interface Named {
  /** For people, and to know the place again. */
  readonly name: string;
}
interface FolderAddress extends Named {
  readonly kind: 'folder';
  readonly folder: string;
}
export interface S3Address extends Named {
  readonly kind: 's3';
  readonly bucket: string;
  readonly prefix: string;
  readonly endpoint: string;
  readonly region: string;
}
export interface AzureAddress extends Named {
  readonly kind: 'azure';
  readonly account: string;
  readonly container: string;
  readonly prefix: string;
  readonly endpoint: string;
}
export type StoreAddress = FolderAddress | S3Address | AzureAddress;

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ACCOUNT = /^[a-z0-9]{3,24}$/;
const REGION = /^[a-z0-9-]{1,40}$/;

/** Throws a StoreError that says what is wrong with it. */
export function storeAddress(text: string, env: Readonly<Record<string, string | undefined>> = {}): StoreAddress {
  if (/^s3:/i.test(text)) return s3Address(parsed(text, ['endpoint', 'region']), env);
  if (/^azure:/i.test(text)) return azureAddress(parsed(text, ['endpoint']));
  const folder = /^file:/i.test(text) ? fileURLToPath(text) : text;
  if (!isAbsolute(folder) || folder.includes('\0'))
    throw wrong(text, 'use an absolute path, s3://bucket/prefix or azure://account/container/prefix');
  return { kind: 'folder', folder, name: `folder ${folder}` };
}

interface Parsed {
  readonly text: string;
  readonly host: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

function parsed(text: string, known: readonly string[]): Parsed {
  if (!URL.canParse(text)) throw wrong(text, 'write it like s3://bucket/prefix');
  const { hostname, port, username, password, pathname, searchParams, hash } = new URL(text);
  // A secret in an address would be in every log that names the place.
  if (username || password)
    throw wrong('an address of a store', 'keys come from the environment or from a file, never from the address');
  const odd = [...searchParams.keys()].find((it) => !known.includes(it));
  if (odd !== undefined || port || hash)
    throw wrong(text, `it may have ${known.join(' and ')} behind its path, and nothing else`);
  const path = decodeURIComponent(pathname)
    .split('/')
    .filter((it) => it !== '');
  if (path.length > 0 && !isSafePath(path.join('/'))) throw wrong(text, 'its path is not safe on every system');
  return { text, host: hostname, path, query: searchParams };
}

function s3Address(
  { text, host: bucket, path, query }: Parsed,
  env: Readonly<Record<string, string | undefined>>,
): S3Address {
  const region = query.get('region') ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1';
  if (!BUCKET.test(bucket)) throw wrong(text, 'a bucket has 3 to 63 small letters, digits, dots and dashes');
  if (!REGION.test(region)) throw wrong(text, 'its region is no name of one');
  const endpoint = endpointOf(text, query, `https://s3.${region}.amazonaws.com`);
  const prefix = path.join('/');
  const name = [
    's3',
    [bucket, ...path].join('/'),
    ...(query.has('endpoint') ? [`at ${new URL(endpoint).host}`] : []),
  ].join(' ');
  return { kind: 's3', bucket, prefix, endpoint, region, name };
}

function azureAddress({ text, host: account, path, query }: Parsed): AzureAddress {
  const [container = '', ...rest] = path;
  if (!ACCOUNT.test(account)) throw wrong(text, 'an account has 3 to 24 small letters and digits');
  if (!BUCKET.test(container)) throw wrong(text, 'name a container behind the account');
  const endpoint = endpointOf(text, query, `https://${account}.blob.core.windows.net`);
  const name = `azure ${[account, ...path].join('/')}`;
  return { kind: 'azure', account, container, prefix: rest.join('/'), endpoint, name };
}

function endpointOf(text: string, query: URLSearchParams, byDefault: string): string {
  const given = query.get('endpoint');
  if (given === null) return byDefault;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw wrong(text, 'its endpoint must be an http or https address without a password');
  return url.href.replace(/\/+$/, '');
}

const wrong = (text: string, hint: string): StoreError =>
  new StoreError('USAGE', `${text} cannot be used as a store`, { hint });
