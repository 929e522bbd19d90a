/** Files in memory as questions read them, at every commit the same. For specs of questions. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Reading } from '../worker/questions/question.ts';

export function memoryReading(
  files: Readonly<Record<string, string | Uint8Array>>,
  changes: Partial<Reading> = {},
): Reading {
  const entries = Object.entries(files)
    .map(([path, content]) => {
      const bytes = Buffer.from(content as string);
      const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
      return { path, oid, bytes, sizeBytes: bytes.length };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    model: undefined,
    overwritten: null,
    now: () => Date.now(),
    file: async (_place, path) => entries.find((it) => it.path === path),
    blob: async (oid) => entries.find((it) => it.oid === oid)?.bytes ?? refuse(`there is no blob ${oid}`),
    blobs: async (wanted) =>
      wanted.map((it) => {
        const { bytes } = entries.find(({ oid }) => oid === it.oid) ?? refuse(`there is no blob ${it.oid}`);
        return { ...it, bytes };
      }),
    tree: async (_place, folder) => entries.filter((it) => folder === '' || it.path.startsWith(`${folder}/`)),
    costOf: async () => null,
    commits: async () => [],
    send: async () => refuse('nothing is sent here'),
    linkFor: () => null,
    linkTo: () => null,
    signal: new AbortController().signal,
    ...changes,
  };
}

function refuse(reason: string): never {
  throw new Error(reason);
}
