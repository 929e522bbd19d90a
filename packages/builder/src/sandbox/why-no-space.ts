/**
 * What is full when a program says that something is. Memory that programs share, and a /tmp of memory, have limits of their
 * own that the kernel tells to nobody but the program; so its words are taken for what they are, and only the disk is looked at.
 */
import { statfs } from 'node:fs/promises';

export interface NoSpace {
  readonly cause: 'code' | 'infrastructure';
  /** Follows the name of a program. */
  readonly text: string;
}

const WORDS = /No space left on device|\bENOSPC\b|not enough space on the disk/i;
/** Some file systems keep a part of it for root. */
const NOTHING_LEFT_BYTES = 16 * 1024 ** 2;

/** Null: that is not what it says. */
export async function whyNoSpace(output: string, workspace: string): Promise<NoSpace | null> {
  if (!WORDS.test(output)) return null;
  const { bavail, bsize, files, ffree } = await statfs(workspace);
  const isFull = bavail * bsize < NOTHING_LEFT_BYTES || (files > 0 && ffree === 0);
  if (isFull) return { cause: 'infrastructure', text: 'found the disk of this agent full; make room on it' };
  return { cause: 'code', text: 'filled its temporary space (/dev/shm or /tmp); let it keep less there' };
}
