/** Which program `--to` means, by a digest that every agent compares before it runs anything of it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Update } from '@gityard/domain';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';

const PACKAGE = 'gityard';
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

export async function findProgram(context: Context, to: string | undefined, sha512?: string): Promise<Update> {
  const asked = sha512 === undefined ? undefined : integrityFrom(sha512);
  if (to === undefined || to === 'latest' || VERSION.test(to)) return published(context, to ?? 'latest', asked);
  if (/^[a-z]+:\/\//i.test(to) && !to.startsWith('https://'))
    throw usageError(
      `--to ${to} is no address that agents fetch from`,
      'give an https:// address, a path or a version',
    );
  const source = to.startsWith('https://') ? to : resolve(context.io.cwd, to);
  const { fetchArchive, integrityOf } = await import('@gityard/agent');
  const signal = context.interruption();
  const folder = await mkdtemp(join(tmpdir(), 'gityard-update-'));
  try {
    const bytes = await fetchArchive({ source, version: '' }, { folder, signal, env: context.io.env }).catch(unfetched);
    const integrity = integrityOf(bytes);
    if (asked !== undefined && asked !== integrity)
      throw new CliError('INVALID_DATA', `${source} has ${integrity}, not ${asked}`, { hint: 'do not use it' });
    return { source, integrity, version: await versionIn(bytes, folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function integrityFrom(word: string): string {
  if (/^sha512-[A-Za-z0-9+/]{86}==$/.test(word)) return word;
  if (/^[0-9a-f]{128}$/i.test(word)) return `sha512-${Buffer.from(word, 'hex').toString('base64')}`;
  throw usageError(`--sha512 ${word} is no such digest`, 'give 128 hex digits, or sha512-… as npm writes it');
}

/** What the registry says of that version: from here on it is pinned. */
async function published({ io, interruption }: Context, version: string, asked: string | undefined): Promise<Update> {
  if (asked !== undefined && VERSION.test(version)) return { version, source: `npm:${PACKAGE}`, integrity: asked };
  const { runNpm } = await import('@gityard/agent');
  const words = ['view', `${PACKAGE}@${version}`, 'version', 'dist.integrity'];
  try {
    const told = JSON.parse(await runNpm(words, { cwd: io.cwd, env: io.env, signal: interruption() })) as {
      version?: string;
      'dist.integrity'?: string;
    };
    const integrity = integrityFrom(told['dist.integrity'] ?? '');
    if (asked !== undefined && asked !== integrity) throw new Error(`it has ${integrity}, not ${asked}`);
    return { version: told.version ?? '', source: `npm:${PACKAGE}`, integrity };
  } catch (cause) {
    throw new CliError('NOT_FOUND', `npm knows no ${PACKAGE}@${version} with a digest: ${(cause as Error).message}`, {
      hint: 'name a version that was published, or a file or an address with --to',
      cause,
    });
  }
}

function unfetched(cause: Error): never {
  throw new CliError('NOT_FOUND', cause.message, { hint: 'check how it is written', cause });
}

async function versionIn(archive: Uint8Array, folder: string): Promise<string> {
  const file = join(folder, 'archive.tgz');
  await writeFile(file, archive);
  try {
    const { stdout } = await promisify(execFile)('tar', ['-xzOf', file, 'package/package.json']);
    const { version } = JSON.parse(stdout) as { version?: unknown };
    if (typeof version === 'string' && VERSION.test(version)) return version;
    throw new Error('its package.json names no version');
  } catch (cause) {
    throw new CliError('INVALID_DATA', `it is no packed program: ${(cause as Error).message.split('\n')[0]}`, {
      hint: 'npm pack makes one',
      cause,
    });
  }
}
