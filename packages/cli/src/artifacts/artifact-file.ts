/** An artifact by its bytes alone: which build made a file that somebody has in his hands. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '@gityard/domain';
import { archivedAll, type Yard } from '@gityard/yard';
import { CliError } from '../errors.ts';

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The newest, where several builds made the same bytes. */
export function manifestOfDigest(yard: Yard, sha256: string, path: string): Manifest {
  const all = [...yard.state.manifests, ...archivedAll(yard, 'manifest')];
  const made = all.filter(({ artifacts }) => artifacts.some((it) => it.sha256 === sha256));
  const [newest] = made.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  if (newest) return newest;
  throw new CliError('NOT_FOUND', `no build of the yard made ${path} (sha256 ${sha256})`, {
    hint: 'it was changed, or made elsewhere; gityard artifact list shows what builds made',
  });
}
