/**
 * The bytes of an artifact for whoever downloads it: from a disk of this machine, else by a link to the store that has them, else
 * out of that store. What is hostile in a manifest leads nowhere: nothing is read but plain files below those folders.
 */
import { type FileHandle, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArtifactBytes, attachment } from '@gityard/api';
import type { ObjectStore } from '@gityard/builder';
import type { Artifact, Manifest } from '@gityard/domain';

export interface Places {
  /** Folders in which artifacts lie as they were made, by job and token. */
  folders(): Promise<readonly string[]>;
  /** null: there is none. */
  store(): Promise<ObjectStore | null>;
  /** For what is on its way: large, and not for long. */
  readonly temporary: string;
}

const LINK_SECONDS = 300;

export async function artifactBytes(
  { folders, store: storeOf, temporary }: Places,
  manifest: Manifest,
  artifact: Artifact,
): Promise<ArtifactBytes | undefined> {
  const here = await onDisk(await folders(), manifest, artifact);
  if (here || manifest.store === undefined) return here;
  const store = await storeOf();
  // Under another prefix lies what others put there: nobody gets at that by writing so into a manifest.
  const isItsOwn = manifest.store.prefix === `${manifest.job}/${manifest.token}`;
  return isItsOwn && store?.name === manifest.store.name
    ? inStore({ store, temporary }, manifest, artifact)
    : undefined;
}

async function onDisk(
  roots: readonly string[],
  { job, token }: Manifest,
  { path, sizeBytes }: Artifact,
): Promise<ArtifactBytes | undefined> {
  const { openRegularFile, storedFolder } = await import('@gityard/builder');
  for (const root of roots) {
    const handle = await openRegularFile(storedFolder(root, job, token), path);
    if (!handle) continue;
    if ((await handle.stat()).size === sizeBytes) return bytesOf(handle, sizeBytes);
    // It was changed where it lies; it may be as it was elsewhere.
    await handle.close();
  }
  return undefined;
}

async function inStore(
  { store, temporary }: { readonly store: ObjectStore; readonly temporary: string },
  manifest: Manifest,
  artifact: Artifact,
): Promise<ArtifactBytes | undefined> {
  const { fetchPlaced, placedKey } = await import('@gityard/builder');
  const { key, isPacked } = placedKey(manifest.store?.prefix ?? '', artifact, manifest.artifacts);
  // What lies packed would arrive packed, and have another digest.
  const redirect = isPacked ? null : await store.link(key, LINK_SECONDS, attachment(artifact.name));
  if (redirect !== null) return (await store.head(key)) === null ? undefined : { redirect };
  await mkdir(temporary, { recursive: true });
  const folder = await mkdtemp(join(temporary, 'artifact-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const part = join(folder, 'bytes');
    if (!(await fetchPlaced(store, manifest, { artifact, part }))) return undefined;
    const handle = await open(part);
    if ((await handle.stat()).size === artifact.sizeBytes) return bytesOf(handle, artifact.sizeBytes, remove);
    await handle.close();
    return undefined;
  } finally {
    // What is open can be read on; Windows keeps it until it is closed.
    await remove().catch(() => undefined);
  }
}

function bytesOf(handle: FileHandle, sizeBytes: number, after?: () => Promise<void>): ArtifactBytes {
  return {
    sizeBytes,
    read: (from, to) => {
      const stream = handle.createReadStream({ start: from, end: to });
      stream.once('close', () => void after?.().catch(() => undefined));
      return stream;
    },
    close: async () => {
      await handle.close();
      await after?.();
    },
  };
}
