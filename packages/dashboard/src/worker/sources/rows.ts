/** Rows of trees and commits out of what hosts answer, which may be anything. */
import { unreadable } from './ask.ts';
import type { CommitEntry, TreeEntry } from './source.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const OID = /^[0-9a-f]{40}$/;

export const fieldsOf = (value: unknown): Fields =>
  value !== null && typeof value === 'object' ? (value as Fields) : {};

/** Throws SourceFailure. */
export function listOf(value: unknown, host: string): readonly Fields[] {
  if (!Array.isArray(value)) throw unreadable(host);
  return value.map(fieldsOf);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export interface TreeRow extends TreeEntry {
  readonly type: 'blob' | 'tree';
}

/** Submodules are left out: they have no content here. Throws SourceFailure. */
export function treeRows(value: unknown, host: string): TreeRow[] {
  return listOf(value, host).flatMap(({ path, type, sha, size }) => {
    if (type !== 'blob' && type !== 'tree') return [];
    if (typeof path !== 'string' || typeof sha !== 'string' || !OID.test(sha)) throw unreadable(host);
    return [{ path, type, oid: sha, sizeBytes: typeof size === 'number' ? size : null }];
  });
}

/** GitHub and Gitea tell of commits alike. Throws SourceFailure. */
export function commitRows(value: unknown, host: string): CommitEntry[] {
  return listOf(value, host).map(({ sha, commit }) => {
    const { author, committer, message } = fieldsOf(commit);
    const at = textOf(fieldsOf(committer).date);
    if (typeof sha !== 'string' || !OID.test(sha) || Number.isNaN(Date.parse(at))) throw unreadable(host);
    // Hosts write times with an offset of their own.
    return {
      commit: sha,
      at: new Date(at).toISOString(),
      author: textOf(fieldsOf(author).name),
      message: textOf(message),
    };
  });
}

export function inOrder<T extends TreeEntry>(entries: readonly T[]): T[] {
  return [...entries].sort((one, other) => (one.path < other.path ? -1 : 1));
}

export const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export function bytesOfBase64(content: string, host: string): Uint8Array {
  try {
    return Uint8Array.from(atob(content.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    throw unreadable(host);
  }
}
