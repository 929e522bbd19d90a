/** A repository in memory becomes one on the disk: branches and epochs as packs, each tag as the one object that it is. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { bundleOf, type MemoryRemote } from '@gityard/store';
import { DEFAULT_REFS } from '@gityard/yard';
import { git } from '../git.ts';

const TAGS = 'refs/tags/';

/** A new bare repository. */
export async function exported(remote: MemoryRemote, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await git(['init', '--quiet', '--bare'], { cwd: folder });
  const refs = [...remote.refs.keys()];
  for (const ref of refs) if (!ref.startsWith(TAGS)) await writeBranch(remote, { ref, folder });
  for (const ref of refs) if (ref.startsWith(TAGS)) await writeTag(remote, { ref, folder });
  await git(['symbolic-ref', 'HEAD', DEFAULT_REFS.state], { cwd: folder });
}

interface Writing {
  readonly ref: string;
  readonly folder: string;
}

async function writeBranch(remote: MemoryRemote, { ref, folder }: Writing): Promise<void> {
  const bundle = await bundleOf(remote.transport(), ref);
  if (!bundle) return;
  const file = join(folder, 'next.bundle');
  await writeFile(file, bundle.bytes);
  await git(['fetch', '--quiet', '--no-tags', file, `${ref}:${ref}`], { cwd: folder });
  await rm(file);
}

/** What it names is there already. Git would look through all refs for each of hundreds that it fetched. */
async function writeTag({ refs, objects }: MemoryRemote, { ref, folder }: Writing): Promise<void> {
  const tag = objects.get(refs.get(ref) ?? '');
  if (!tag) return;
  const { oid, type, body } = tag;
  const object = join(folder, 'objects', oid.slice(0, 2), oid.slice(2));
  for (const path of [object, join(folder, ref)]) await mkdir(dirname(path), { recursive: true });
  await writeFile(object, deflateSync(Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body])));
  await writeFile(join(folder, ref), `${oid}\n`);
}
