/**
 * An entry of the cache as a text: with the scope and the key that it was kept under, and a digest of it all, so that a flipped
 * byte, an entry under another's name, or one that somebody made up to lead out of a folder is a miss. Pure.
 */
import { createHash } from 'node:crypto';
import { isSafePath } from '../artifacts/safe-path.ts';
import type { CachedFile, CacheEntry } from './build-cache.ts';
import { EXPIRES_MS } from './tier.ts';

export interface EntryPlace {
  readonly scope: string;
  readonly key: string;
}

const MOST_CHARACTERS = 16 * 1024 * 1024;
const MOST_FILES = 20_000;
const MOST_INPUTS = 100_000;
const SHA256 = /^[0-9a-f]{64}$/;
/** Clocks of agents differ, but not by that much. */
const AHEAD_MS = 3_600_000;

/** Null: it is nothing that a cache may hold. */
export function entryText({ scope, key }: EntryPlace, entry: CacheEntry): string | null {
  if (!isEntry(entry)) return null;
  const body = JSON.stringify({ version: 1, scope, key, entry });
  return body.length > MOST_CHARACTERS ? null : `${digestOf(body)}\n${body}`;
}

export type ReadEntry = { readonly entry: CacheEntry } | { readonly why: 'damaged' | 'expired' };

export function readEntry(text: string, { scope, key }: EntryPlace, now: number): ReadEntry {
  const damaged = { why: 'damaged' } as const;
  const [digest, body] = [text.slice(0, 64), text.slice(65)];
  if (text.length > MOST_CHARACTERS + 65 || digestOf(body) !== digest) return damaged;
  const { scope: ofScope, key: ofKey, entry } = parsed(body);
  if (ofScope !== scope || ofKey !== key || !isEntry(entry)) return damaged;
  const age = now - Date.parse(entry.createdAt);
  return age > EXPIRES_MS || age < -AHEAD_MS ? { why: 'expired' } : { entry };
}

const digestOf = (body: string): string => createHash('sha256').update(body).digest('hex');

function parsed(body: string): Partial<Record<string, unknown>> {
  try {
    return (JSON.parse(body) ?? {}) as Partial<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function isEntry(value: unknown): value is CacheEntry {
  const { project, inputs, files, tests, seconds, createdAt, by } = (value ?? {}) as Partial<Record<string, unknown>>;
  return (
    typeof project === 'string' &&
    isMap(inputs) &&
    Array.isArray(files) &&
    files.length <= MOST_FILES &&
    files.every(isFile) &&
    new Set(files.map(({ path }: CachedFile) => path)).size === files.length &&
    (tests === null || isTotals(tests)) &&
    typeof seconds === 'number' &&
    !Number.isNaN(Date.parse(String(createdAt))) &&
    typeof (by as { agent?: unknown } | null)?.agent === 'string'
  );
}

function isFile(value: unknown): value is CachedFile {
  const { path, sizeBytes, sha256, executable } = (value ?? {}) as Partial<CachedFile>;
  return (
    typeof path === 'string' &&
    isCachedPath(path) &&
    Number.isSafeInteger(sizeBytes) &&
    Number(sizeBytes) >= 0 &&
    SHA256.test(String(sha256)) &&
    typeof executable === 'boolean'
  );
}

/** A repository in the checkout would be asked by tools, and may name programs to run. */
const isCachedPath = (path: string): boolean => isSafePath(path) && !path.toLowerCase().split('/').includes('.git');

function isMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return values.length <= MOST_INPUTS && values.every((it) => typeof it === 'string');
}

function isTotals(value: unknown): boolean {
  const totals = (value ?? {}) as Partial<Record<string, unknown>>;
  return ['total', 'passed', 'failed', 'skipped'].every((it) => Number.isSafeInteger(totals[it]));
}
