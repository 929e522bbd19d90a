/** Reads a backup and all that it rests on back out of its place, and believes nothing of it: sizes, digests, links, heads. */
import { openBundles, type Transport } from '@gityard/store';
import { CliError } from '../errors.ts';
import { type BackupManifest, type BackupPart, sha256Of } from './manifest.ts';
import type { Shelf } from './shelf.ts';

/** A remote from which can only be fetched. Throws INVALID_DATA, or REMOTE_INVALID when it is whole but no such yard. */
export async function openChain(shelf: Shelf, chain: readonly BackupManifest[]): Promise<Transport> {
  const last = chain.at(-1);
  const files: { bytes: Uint8Array; name: string }[] = [];
  for (const { id, parts } of chain) {
    for (const part of parts) files.push({ name: `${id}/${part.file}`, bytes: await readPart(shelf, id, part) });
  }
  const transport = await openBundles(files, `backup ${last?.id}`);
  for (const [ref, head] of Object.entries(last?.heads ?? {})) {
    if ((await transport.readRefs([ref])).get(ref) === head) continue;
    throw damaged(`backup ${last?.id}`, `says that ${ref} is ${head}, and its bundles say otherwise`);
  }
  return transport;
}

/** Throws INVALID_DATA. */
export async function readPart(shelf: Shelf, id: string, part: BackupPart): Promise<Buffer> {
  const key = `${id}/${part.file}`;
  const bytes = await shelf.get(key, part.sizeBytes);
  if (bytes === null) throw damaged(key, `is not in ${shelf.name}`);
  if (bytes.length !== part.sizeBytes || sha256Of(bytes) !== part.sha256)
    throw damaged(key, `in ${shelf.name} is not what was put there`);
  return bytes;
}

const damaged = (what: string, how: string): CliError =>
  new CliError('INVALID_DATA', `${what} ${how}`, {
    hint: 'choose another backup, and make a full one: gityard backup --full',
  });
