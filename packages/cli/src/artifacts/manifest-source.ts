/** A manifest by what a person names: a file, or a job of the yard, also one that lies in the archive. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { find, type Manifest, SCHEMA_VERSION, validate } from '@gityard/domain';
import { findArchived, readJson, type Yard } from '@gityard/yard';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { readFileUpTo } from '../read-up-to.ts';

export interface Sourced {
  readonly manifest: Manifest;
  /** The file that was named; null: it is of the yard. */
  readonly file: string | null;
}

/** Ten thousand artifacts with all their digests. */
const MOST_BYTES = 16 << 20;

export async function manifestFrom(context: Context, word: string): Promise<Sourced> {
  const path = resolve(context.io.cwd, word);
  const isFile = await stat(path).then(
    (it) => it.isFile(),
    () => false,
  );
  if (isFile) return { manifest: await readManifest(path), file: path };
  if (/[/\\]|\.json$/.test(word))
    throw new CliError('NOT_FOUND', `there is no manifest ${word}`, { hint: 'name a file, or a job of the yard' });
  return { manifest: findManifest(await context.yard(), word), file: null };
}

export function findManifest(yard: Yard, id: string): Manifest {
  const open = find(yard.state.manifests, id, 'manifest');
  if (open.ok) return open.value;
  const archived = findArchived(yard, 'manifest', id);
  if (archived.ok) return archived.value;
  const { code, reason, refs } = open.code === 'AMBIGUOUS_ID' ? open : archived.code === 'NOT_FOUND' ? open : archived;
  const hint = code === 'AMBIGUOUS_ID' ? `write more of it: ${refs.join(', ')}` : hintWithout(yard.state, id);
  throw new CliError(code, reason, { hint });
}

/** A job that was split may have none of its own. */
export function hintWithout(state: Pick<Yard['state'], 'jobs' | 'manifests'>, id: string): string {
  const job = find(state.jobs, id, 'job');
  const children = (job.ok && job.value.split?.children) || [];
  const parts = children.filter((it) => state.manifests.has(it));
  return parts.length === 0
    ? 'gityard artifact list shows them'
    : `its parts have artifacts: ${parts.slice(0, 5).join(', ')}`;
}

async function readManifest(path: string): Promise<Manifest> {
  const bytes = await readFileUpTo(path, { mostBytes: MOST_BYTES, what: 'the manifest' });
  if (!bytes) throw new CliError('TOO_LARGE', `${path} is no manifest: it is larger than ${MOST_BYTES} bytes`);
  const read = readJson(bytes, MOST_BYTES);
  if (!read.ok)
    throw new CliError('INVALID_DATA', `${path} ${read.reason}`, {
      hint: 'make it anew with gityard artifact manifest',
    });
  const version = (read.value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw new CliError(
      'NEWER_SCHEMA',
      `${path} is of a newer program (schema ${version}; this one reads ${SCHEMA_VERSION})`,
      {
        hint: 'update gityard on this machine',
      },
    );
  const checked = validate('manifest', read.value);
  if (checked.ok) return checked.value;
  throw new CliError('INVALID_DATA', `${path} is no manifest: ${checked.reason}`, {
    hint: 'make it anew with gityard artifact manifest',
  });
}

/** Where the files that the manifest speaks of most likely are. */
export async function bytesOf(context: Context, { manifest, file }: Sourced, store?: string): Promise<string | null> {
  if (file !== null) return dirname(file);
  const { storeRoot } = await import('./store-root.ts');
  const { storedFolder } = await import('@gityard/builder');
  const folder = storedFolder(await storeRoot(context, store), manifest.job, manifest.token);
  return (await stat(folder).catch(() => null)) === null ? null : folder;
}
