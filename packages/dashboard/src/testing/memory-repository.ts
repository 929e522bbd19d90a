/** Files in memory as the daemon shows a repository, at every place the same; counts what it was asked for. */
import { createHash } from 'node:crypto';
import type { RepositoryView } from '@gityard/api';

export function memoryRepository(files: ReadonlyMap<string, string>): RepositoryView & { readonly asked: string[] } {
  const asked: string[] = [];
  const entries = [...files]
    .map(([path, text]) => ({ path, oid: oidOf(text), sizeBytes: Buffer.byteLength(text), bytes: Buffer.from(text) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const byOid = new Map(entries.map((it) => [it.oid, it.bytes]));
  return {
    asked,
    file: async (_, path) => {
      asked.push(`file ${path}`);
      return entries.find((it) => it.path === path);
    },
    blob: async (oid) => byOid.get(oid),
    folder: async (_, folder) => {
      asked.push(`folder ${folder}`);
      const below = entries.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
      return { commit: 'c'.repeat(40), entries: below.map(({ path, oid, sizeBytes }) => ({ path, oid, sizeBytes })) };
    },
    commits: async () => undefined,
  };
}

const oidOf = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
