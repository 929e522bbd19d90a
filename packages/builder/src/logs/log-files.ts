/**
 * Turns a finished build into the files of the logs branch: the record as JSON and as Markdown, and the raw output in
 * pieces that are small enough for a Git host's API. Publishing them is somebody else's work.
 */
import { open } from 'node:fs/promises';
import type { LogFile } from '../contract.ts';
import type { BuildRecord } from './build-record.ts';
import { jsonLog } from './json-log.ts';
import { markdownLog } from './markdown-log.ts';

export const CHUNK_BYTES = 256 * 1024;
/** How much of a chunk's end is given up so that it ends with a whole line. */
const LINE_SEARCH_BYTES = 16 * 1024;
const TAIL_BYTES = 64 * 1024;

export async function logFiles(record: BuildRecord, rawLog: string): Promise<LogFile[]> {
  const base = `${record.agent}/logs/${record.job}_${stampOf(record.startedAt)}`;
  const chunks = await readChunks(rawLog);
  const tail = Buffer.concat(chunks.slice(-2)).subarray(-TAIL_BYTES).toString('utf8');
  return [
    { path: `${base}.json`, content: Buffer.from(jsonLog(record)) },
    { path: `${base}.md`, content: Buffer.from(markdownLog(record, tail)) },
    ...chunks.map((content, index) => ({ path: `${base}.${index + 1}.log`, content })),
  ];
}

/** 2025-11-13T10:20:30.400Z → 20251113T102030Z */
function stampOf(time: string): string {
  return `${time.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

async function readChunks(file: string): Promise<Buffer[]> {
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let at = 0; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, at);
      if (bytesRead === 0) return chunks;
      const chunk = buffer.subarray(0, wholeLines(buffer, bytesRead));
      chunks.push(chunk);
      at += chunk.length;
    }
  } finally {
    await handle.close();
  }
}

function wholeLines(buffer: Buffer, bytesRead: number): number {
  if (bytesRead < CHUNK_BYTES) return bytesRead;
  const end = buffer.lastIndexOf(0x0a) + 1;
  return end >= CHUNK_BYTES - LINE_SEARCH_BYTES ? end : bytesRead;
}
