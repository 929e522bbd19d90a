/** Why two artifacts of the same name are not the same bytes. Reads both, bounded; writes nothing; answers with hints, never throws for what they hold. */
import type { FileHandle } from 'node:fs/promises';
import { type Hint, hint } from '@gityard/domain';
import { openRegularFile } from '../../workspace-files.ts';
import { Allowance, type Limits, NotReadable } from './entry.ts';
import { lookInside } from './look-inside.ts';
import { whyContentsDiffer } from './why-contents-differ.ts';
import { whyEntriesDiffer } from './why-entries-differ.ts';

export interface Sides {
  /** Real paths of folders. */
  readonly left: string;
  readonly right: string;
}

/** What is no archive is read whole, up to here. */
const PLAIN_BYTES = 1 << 23;

export async function whyDifferent(path: string, { left, right }: Sides, limits?: Limits): Promise<readonly Hint[]> {
  const [one, other] = [await openRegularFile(left, path), await openRegularFile(right, path)];
  try {
    if (!one || !other) return [hint(path, 'not-looked-at', 'its bytes are not at hand on both sides')];
    return await hintsFor(path, { one, other, limits });
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    return [hint(path, 'not-looked-at', error.message)];
  } finally {
    await Promise.all([one?.close(), other?.close()]);
  }
}

async function hintsFor(
  path: string,
  { one, other, limits }: { one: FileHandle; other: FileHandle; limits: Limits | undefined },
): Promise<readonly Hint[]> {
  const [left, right] = [await lookInside(one, new Allowance(limits)), await lookInside(other, new Allowance(limits))];
  if (left.sort !== right.sort)
    return [hint(path, 'packed-otherwise', `is ${left.sort} on the left and ${right.sort} on the right`)];
  if (left.entries && right.entries) {
    const hints = whyEntriesDiffer({ path, left: left.entries, right: right.entries });
    return left.sort === 'gzip' && hints[0]?.code === 'packed-otherwise'
      ? gzipHints(path, { one, other }, hints)
      : hints;
  }
  const [ours, theirs] = [await wholeOf(one), await wholeOf(other)];
  return whyContentsDiffer({ path, left: ours, right: theirs });
}

/** After its magic a gzip says when it was packed. */
async function gzipHints(
  path: string,
  { one, other }: { one: FileHandle; other: FileHandle },
  otherwise: readonly Hint[],
): Promise<readonly Hint[]> {
  const [ours, theirs] = await Promise.all(
    [one, other].map(async (it) => (await it.read(Buffer.alloc(8), 0, 8, 0)).buffer),
  );
  if (!ours || !theirs || ours.subarray(4).equals(theirs.subarray(4))) return otherwise;
  return [hint(path, 'gzip-time', 'holds the same, and says in its header when it was packed')];
}

async function wholeOf(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat();
  if (size > PLAIN_BYTES) throw new NotReadable(`is no archive, and with ${size} bytes too large to be looked at`);
  const { buffer } = await handle.read(Buffer.alloc(size), 0, size, 0);
  return buffer;
}
