/** How large an answer may be. */
import type { Problem } from './problem.ts';

const MIB = 1024 * 1024;
const BLOB_LIMIT_BYTES = 10 * MIB;
/** Together. Names of so many fit into an address that every proxy lets through. */
const BLOBS_LIMIT_BYTES = 2 * MIB;
export const BLOBS_LIMIT = 150;
export const ENTRIES_LIMIT = 100_000;
export const COMMITS_LIMIT = 250;

export const isTooLarge = (bytes: Uint8Array | null): boolean => bytes === null || bytes.length > BLOB_LIMIT_BYTES;

/** As many as fit into one answer: a large one does not keep the small ones away. */
export function fitting<T extends { readonly bytes: Uint8Array }>(all: readonly T[]): readonly T[] {
  let room = BLOBS_LIMIT_BYTES;
  return all.filter(({ bytes: { length } }) => {
    if (length > room) return false;
    room -= length;
    return true;
  });
}

export const TOO_LARGE: Problem = {
  status: 413,
  code: 'TOO_LARGE',
  detail: `files of more than ${BLOB_LIMIT_BYTES / MIB} MiB are not shown; clone the yard to see it`,
};
export const TOO_MANY: Problem = {
  status: 413,
  code: 'TOO_LARGE',
  detail: `there are more than ${ENTRIES_LIMIT} files; ask for a folder of them with ?folder=`,
};
