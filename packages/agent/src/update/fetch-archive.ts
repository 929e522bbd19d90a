/**
 * The archive of a program from where its job says. Whatever the way, nothing of it is unpacked or run before its digest was
 * compared: a server, a proxy or a disk between its maker and us need not be trusted.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Update } from '@gityard/domain';
import { download } from '@gityard/yard';
import { textOf } from '../trouble.ts';
import { runNpm } from './run-npm.ts';
import { UpdateError } from './update-error.ts';

/** Also what a shell may see: on Windows npm is a script of one. */
const PACKAGE = /^[a-z0-9@][a-z0-9@._/-]*$/;
const MOST_BYTES = 300_000_000;

export interface Fetching {
  /** Empty, for what a fetch puts down on its way. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Where proxies, authorities and the settings of npm are looked for; that of this process. */
  readonly env?: NodeJS.ProcessEnv;
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
    if (source.startsWith('https://')) return await downloaded(source, fetching);
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

async function packed(name: string, version: string, { folder, signal, env }: Fetching): Promise<Buffer> {
  if (!PACKAGE.test(name)) throw new UpdateError('policy', `${name} is no name of a package`);
  const words = ['pack', `${name}@${version}`, '--ignore-scripts', '--pack-destination', folder];
  await runNpm(words, { cwd: folder, signal, env });
  const archive = (await readdir(folder)).find((it) => it.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack left no archive');
  return readArchive(join(folder, archive));
}

async function downloaded(address: string, { signal, env }: Fetching): Promise<Buffer> {
  return Buffer.from(await download(address, { mostBytes: MOST_BYTES, signal, env }));
}

async function readArchive(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (!found.isFile()) throw new UpdateError('policy', `${path} is no plain file`);
  if (found.size > MOST_BYTES) throw new UpdateError('policy', `${path} is larger than ${MOST_BYTES} bytes`);
  return readFile(path);
}
