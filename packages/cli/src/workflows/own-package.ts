/** The program that runs, as another machine can fetch it and know it again: by its version, and by the digest of the list of its files. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FILE_DIGESTS } from '../place.ts';
import { programVersion } from '../version.ts';

export interface OwnPackage {
  readonly version: string;
  /** SHA-256 of its `files.sha256`, in hexadecimal: that names the digest of every other file. */
  readonly digest: string;
}

/** undefined: it was not packed, but runs from a checkout. */
export async function ownPackage(): Promise<OwnPackage | undefined> {
  const list = await readFile(FILE_DIGESTS).catch(() => undefined);
  if (!list) return undefined;
  return { version: await programVersion(), digest: createHash('sha256').update(list).digest('hex') };
}
