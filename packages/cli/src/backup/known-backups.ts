/** Which backups lie in a place, newest first, and the chain of those that one rests on. */
import { CliError } from '../errors.ts';
import { type BackupManifest, decodeManifest, isBackupId, MANIFEST } from './manifest.ts';
import type { Shelf } from './shelf.ts';

export interface KnownBackup {
  readonly id: string;
  /** Null: it cannot be read, as `problem` says. */
  readonly manifest: BackupManifest | null;
  readonly problem: string | null;
}

const MANIFEST_BYTES = 1 << 20;

/** Whatever else lies there is none of ours. */
export async function knownBackups(shelf: Shelf): Promise<readonly KnownBackup[]> {
  const ids: string[] = [];
  for await (const { key } of shelf.store.list('')) {
    const [id = '', file, ...more] = key.split('/');
    if (isBackupId(id) && file === MANIFEST && more.length === 0) ids.push(id);
  }
  const known: KnownBackup[] = [];
  for (const id of ids.sort().reverse()) known.push(await readBackup(shelf, id));
  return known;
}

async function readBackup(shelf: Shelf, id: string): Promise<KnownBackup> {
  const bytes = await shelf.get(`${id}/${MANIFEST}`, MANIFEST_BYTES);
  try {
    return { id, manifest: decodeManifest(bytes ?? new Uint8Array(), id), problem: null };
  } catch (error) {
    if (error instanceof CliError) return { id, manifest: null, problem: error.message };
    throw error;
  }
}

/** By its id, the beginning of one, or `latest`. */
export function chosenBackup(
  known: readonly KnownBackup[],
  { which, place }: { which: string; place: string },
): string {
  const found = which === 'latest' ? known.slice(0, 1) : known.filter(({ id }) => id.startsWith(which));
  const [first, second] = found;
  if (second) throw new CliError('AMBIGUOUS_ID', `several backups begin with ${which}`, { hint: 'write more of it' });
  if (first) return first.id;
  throw new CliError('NOT_FOUND', `there is no backup ${which} in ${place}`, {
    hint: 'gityard backup list --from <place> tells which',
  });
}

/** From the full one to this. Throws INVALID_DATA when one of them is missing or damaged. */
export function chainOf(known: readonly KnownBackup[], id: string): readonly BackupManifest[] {
  const chain: BackupManifest[] = [];
  for (let next: string | null = id; next !== null; next = chain[0]?.parent ?? null) {
    const found = known.find((it) => it.id === next);
    if (!found?.manifest || chain.some((it) => it.id === next))
      throw new CliError('INVALID_DATA', found?.problem ?? `backup ${id} rests on ${next}, which is not there`, {
        hint: 'choose an older one, or a full one: gityard backup list --from <place>',
      });
    chain.unshift(found.manifest);
  }
  return chain;
}
