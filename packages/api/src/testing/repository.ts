/** A repository to look at: two commits of the state, and what was asked of it. */
import type { RepositoryView } from '../options.ts';

export const OLD = '1'.repeat(40);
export const NEW = '2'.repeat(40);
export const OID = 'a'.repeat(40);
const LARGE = 'b'.repeat(40);

export interface HandRepository extends RepositoryView {
  readonly asked: unknown[];
}

export function handRepository(): HandRepository {
  const asked: unknown[] = [];
  const files = new Map([
    ['yard.json', { oid: OID, bytes: Buffer.from('{"name":"acme"}') }],
    ['shared/übermut.html', { oid: OID, bytes: Buffer.from('<script>') }],
    ['large', { oid: LARGE, bytes: new Uint8Array(10 * 1024 * 1024 + 1) }],
    ['unfetched', { oid: LARGE, bytes: null }],
    [`${'deep/'.repeat(60)}end`, { oid: OID, bytes: new Uint8Array() }],
  ]);
  const commits = [
    { commit: NEW, at: '2026-03-01T12:00:00.000Z', author: 'ada', message: 'second\n' },
    { commit: OLD, at: '2026-02-01T12:00:00.000Z', author: 'ada', message: 'first\n' },
  ];
  const has = (place: string): boolean => ['state', OLD, NEW].includes(place);
  return {
    asked,
    file: async (place, path) => {
      asked.push(['file', place, path]);
      return has(place) ? files.get(path) : undefined;
    },
    blob: async (oid) => {
      asked.push(['blob', oid]);
      return [...files.values()].find((it) => it.oid === oid)?.bytes ?? undefined;
    },
    folder: async (place, path) => {
      asked.push(['folder', place, path]);
      if (!has(place)) return undefined;
      if (path === 'many') {
        const entries = Array.from({ length: 100_001 }, (_, at) => ({ path: `many/${at}`, oid: OID, sizeBytes: 1 }));
        return { commit: NEW, entries };
      }
      return { commit: NEW, entries: [{ path: 'yard.json', oid: OID, sizeBytes: 15 }] };
    },
    commits: async (place, wanted) => {
      asked.push(['commits', place, wanted]);
      return has(place) ? { from: NEW, commits: commits.slice(0, wanted.count) } : undefined;
    },
  };
}
