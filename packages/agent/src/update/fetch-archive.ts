/**
 * The archive of a program from where its job says. Whatever the way, nothing of it is unpacked or run before its digest was
 * compared: a server, a proxy or a disk between its maker and us need not be trusted.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import type { Update } from '@gityard/domain';
import { textOf } from '../trouble.ts';
import { UpdateError } from './update-error.ts';

/** Also what a shell may see: on Windows npm is a script of one. */
const PACKAGE = /^[a-z0-9@][a-z0-9@._/-]*$/;
const MOST_BYTES = 300_000_000;

export interface Fetching {
  /** Empty, for what a fetch puts down on its way. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export async function fetchProgram(update: Update, fetching: Fetching): Promise<Buffer> {
  const bytes = await fetchArchive(update, fetching);
  const found = integrityOf(bytes);
  if (found === update.integrity) return bytes;
  throw new UpdateError(
    'policy',
    `${update.source} is not what was asked for: it has ${found}, not ${update.integrity}`,
  );
}

export const integrityOf = (bytes: Uint8Array): string =>
  `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

/** Whatever lies there now: for whoever asks what its digest is. */
export async function fetchArchive(
  { source, version }: Pick<Update, 'source' | 'version'>,
  fetching: Fetching,
): Promise<Buffer> {
  try {
    if (source.startsWith('npm:')) return await packed(source.slice('npm:'.length), version, fetching);
    if (source.startsWith('https://')) return await downloaded(source, fetching.signal);
    if (isAbsolute(source)) return await readArchive(source);
    throw new UpdateError(
      'policy',
      `${source} is no place to fetch from: npm:<package>, https://…, or an absolute path`,
    );
  } catch (error) {
    if (error instanceof UpdateError || fetching.signal.aborted) throw error;
    throw new UpdateError('infrastructure', `${source} could not be fetched: ${textOf(error)}`, { cause: error });
  }
}

/** With the registry, the proxy and the credentials that npm is set up with on this machine. */
async function packed(name: string, version: string, { folder, signal }: Fetching): Promise<Buffer> {
  if (!PACKAGE.test(name)) throw new UpdateError('policy', `${name} is no name of a package`);
  const isWindows = process.platform === 'win32';
  const words = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', folder];
  // What a shell would see are names and versions that have passed their schema.
  await promisify(execFile)(isWindows ? 'npm.cmd' : 'npm', words, { cwd: folder, signal, shell: isWindows });
  const archive = (await readdir(folder)).find((it) => it.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack left no archive');
  return readArchive(join(folder, archive));
}

async function downloaded(address: string, signal: AbortSignal): Promise<Buffer> {
  const answer = await fetch(address, { signal });
  if (!answer.ok || answer.body === null) throw new Error(`the server answered ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new UpdateError('policy', `${address} is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readArchive(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (!found.isFile()) throw new UpdateError('policy', `${path} is no plain file`);
  if (found.size > MOST_BYTES) throw new UpdateError('policy', `${path} is larger than ${MOST_BYTES} bytes`);
  return readFile(path);
}
