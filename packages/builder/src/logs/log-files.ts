/**
 * Turns a finished build into the files of the logs branch: the record as JSON and as Markdown, and the raw output in
 * pieces that are small enough for a Git host's API. Publishing them is somebody else's work.
 */
import { open } from 'node:fs/promises';
import type { LogFile } from '../contract.ts';
import type { BuildRecord } from './build-record.ts';
import { CHUNK_BYTES, chunkEnd, chunkPath, logStem } from './chunks.ts';
import { jsonLog } from './json-log.ts';
import { markdownLog } from './markdown-log.ts';

const TAIL_BYTES = 64 * 1024;

export async function logFiles(record: BuildRecord, rawLog: string): Promise<LogFile[]> {
  const base = logStem(record);
  const chunks = await readChunks(rawLog);
  const tail = Buffer.concat(chunks.slice(-2)).subarray(-TAIL_BYTES).toString('utf8');
  return [
    { path: `${base}.json`, content: Buffer.from(jsonLog(record)) },
    { path: `${base}.md`, content: Buffer.from(markdownLog(record, tail)) },
    ...chunks.map((content, index) => ({ path: chunkPath(base, index), content })),
  ];
}

async function readChunks(file: string): Promise<Buffer[]> {
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let at = 0; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, at);
      if (bytesRead === 0) return chunks;
      const chunk = buffer.subarray(0, chunkEnd(buffer.subarray(0, bytesRead)));
      chunks.push(chunk);
      at += chunk.length;
    }
  } finally {
    await handle.close();
  }
}
