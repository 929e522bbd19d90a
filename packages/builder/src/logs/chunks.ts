/** Cuts a log into the pieces that are published: of one size at most, and ending with a whole line where one ends nearby. */
export const CHUNK_BYTES = 256 * 1024;
/** How much of a chunk's end is given up so that it ends with a whole line. */
const LINE_SEARCH_BYTES = 17 * 1024;

/** How many of the first bytes make up the next chunk. The same bytes are always cut in the same way, while a log grows as well. */
export function chunkEnd(bytes: Uint8Array): number {
  if (bytes.length < CHUNK_BYTES) return bytes.length;
  const end = bytes.lastIndexOf(0x0a, CHUNK_BYTES - 1) + 1;
  return end >= CHUNK_BYTES - LINE_SEARCH_BYTES ? end : CHUNK_BYTES;
}

/** 2025-11-13T10:20:30.400Z → 20251113T102030Z */
function stampOf(time: string): string {
  return `${time.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** What the paths of all files of a log begin with. */
export function logStem({ agent, job, startedAt }: { agent: string; job: string; startedAt: string }): string {
  return `${agent}/logs/${job}_${stampOf(startedAt)}`;
}

export const chunkPath = (stem: string, index: number): string => `${stem}.${index + 1}.log`;
