/** The former epochs that a repository keeps: which there are, each as a file, and away with them once they lie elsewhere. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleOf, openBundle, StoreError, type Transport } from '@gityard/store';
import { EPOCH_REFS, epochOfRef, epochRef } from './epochs.ts';
import { unansweredPush } from './keep-head.ts';

export interface KeptEpoch {
  readonly epoch: number;
  readonly ref: string;
  readonly head: string;
}

/** Oldest first. */
export async function keptEpochs(transport: Transport): Promise<readonly KeptEpoch[]> {
  const refs = await transport.readRefs(EPOCH_REFS);
  const kept = [...refs].flatMap(([ref, head]) => {
    const epoch = epochOfRef(ref);
    return epoch === undefined ? [] : [{ epoch, ref, head }];
  });
  return kept.sort((a, b) => a.epoch - b.epoch);
}

export interface WrittenBundle {
  readonly epoch: number;
  readonly path: string;
  readonly sizeBytes: number;
}

/** Writes those that the folder does not hold yet. What it names was read back, and nothing is missing in it. */
export async function bundleEpochs(transport: Transport, folder: string): Promise<readonly WrittenBundle[]> {
  await mkdir(folder, { recursive: true });
  const written: WrittenBundle[] = [];
  for (const kept of await keptEpochs(transport)) {
    const path = join(folder, `epoch-${kept.epoch}.bundle`);
    if (await holds(path, kept)) continue;
    written.push({ epoch: kept.epoch, path, sizeBytes: await writeBundle(transport, kept, path) });
  }
  return written;
}

async function writeBundle(transport: Transport, { ref, epoch, head }: KeptEpoch, path: string): Promise<number> {
  // Names that a clone takes, too: of a ref that is no branch it makes nothing.
  const bundled = await bundleOf(transport, ref, { others: [`refs/heads/epoch-${epoch}`, 'HEAD'] });
  if (bundled?.head !== head)
    throw new StoreError('CONFLICT', `${ref} changed while it was written to ${path}`, { hint: 'try again' });
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(bundled.bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await openBundle(await readFile(temporary), temporary);
  await rename(temporary, path);
  return bundled.bytes.length;
}

/** A file that is no whole bundle of this very epoch is written anew. */
async function holds(path: string, { ref, head }: KeptEpoch): Promise<boolean> {
  const bytes = await readFile(path).catch(() => undefined);
  const bundle = bytes && (await openBundle(bytes, path).catch(() => undefined));
  return (await bundle?.readRefs([ref]))?.get(ref) === head;
}

/** Each goes only as it was seen. Throws DENIED when the server keeps them. */
export async function dropEpochs(transport: Transport, going: readonly KeptEpoch[]): Promise<readonly number[]> {
  if (going.length === 0) return [];
  const updates = going.map(({ ref, head }) => ({ ref, expected: head, next: null }));
  const outcome = await transport.push({ updates, objects: [] });
  if (outcome.kind === 'unclear') throw unansweredPush(transport, outcome);
  for (const [ref, answer] of outcome.refs) {
    if (!answer.ok && answer.sort === 'refused')
      throw new StoreError('DENIED', `${transport.name} refused to remove ${ref}: ${answer.reason}`, {
        hint: 'the server keeps what it has (receive.denyDeletes); nothing else is wrong',
      });
  }
  return going.filter(({ epoch }) => outcome.refs.get(epochRef(epoch))?.ok).map((it) => it.epoch);
}
