/** Puts the artifacts of a build into a store: texts packed, and again only what is not there yet. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ArtifactPlace, Manifest } from '@gityard/domain';
import type { StoredArtifact } from '../../contract.ts';
import type { ObjectStore } from '../../stores/object-store.ts';
import { digestsOfFile } from '../digests.ts';
import { placedKey, prefixOf } from './placed-key.ts';

export interface ArtifactUpload {
  readonly artifacts: readonly StoredArtifact[];
  /** A folder of our own, for what is being packed. */
  readonly temporary: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: UploadProgress): void;
}

export interface UploadProgress {
  readonly path: string;
  /** Of all of them. */
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export async function uploadArtifacts(
  store: ObjectStore,
  of: Pick<Manifest, 'job' | 'token'>,
  { artifacts, temporary, signal, onProgress }: ArtifactUpload,
): Promise<ArtifactPlace> {
  const prefix = prefixOf(of);
  const totalBytes = artifacts.reduce((sum, it) => sum + it.sizeBytes, 0);
  let before = 0;
  for (const artifact of artifacts) {
    const { path, sizeBytes } = artifact;
    const tell = (share: number) =>
      onProgress?.({ path, sentBytes: before + Math.round(share * sizeBytes), totalBytes });
    tell(0);
    await upload(store, { artifact, ...placedKey(prefix, artifact, artifacts), temporary, signal, tell });
    before += sizeBytes;
  }
  return { name: store.name, prefix };
}

interface Upload {
  readonly artifact: StoredArtifact;
  readonly key: string;
  readonly isPacked: boolean;
  readonly temporary: string;
  readonly signal: AbortSignal | undefined;
  tell(share: number): void;
}

async function upload(store: ObjectStore, { artifact, key, isPacked, temporary, signal, tell }: Upload): Promise<void> {
  const send = async (file: string, facts: { sha256: string; contentType: string }) => {
    const { size } = await stat(file);
    // Its name is that of a job that was built once, so what has its size is it; who fetches it checks its digests.
    if ((await store.head(key))?.sizeBytes === size) return;
    const onProgress = (bytes: number) => tell(bytes / Math.max(1, size));
    await store.put(key, file, { ...facts, ...(signal ? { signal } : {}), onProgress });
  };
  if (!isPacked) return send(artifact.file, artifact);
  await mkdir(temporary, { recursive: true });
  const packed = join(temporary, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.gz`);
  try {
    // Without times and names in it, so that whoever goes on after a crash sends the same bytes.
    await pipeline(createReadStream(artifact.file), createGzip(), createWriteStream(packed), signal ? { signal } : {});
    const { sha256 } = await digestsOfFile(packed);
    await send(packed, { sha256, contentType: 'application/gzip' });
  } finally {
    await rm(packed, { force: true });
  }
}
