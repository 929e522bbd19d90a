/**
 * What a backup says of itself: what it holds, on which one it rests, and the digest of every file and of its own words. It is put
 * last, so that what was interrupted is no backup. Whatever a store gives back is checked against it.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@gityard/yard';
import { CliError } from '../errors.ts';

export interface BackupPart {
  /** Beside the manifest. */
  readonly file: string;
  readonly ref: string;
  readonly head: string;
  /** A commit that the backups before it hold; null: it stands alone. */
  readonly since: string | null;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface BackupManifest {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly at: string;
  /** Of the program that made it. */
  readonly program: string;
  readonly yard: { readonly name: string; readonly yardId: string | null; readonly schemaVersion: number };
  readonly refs: { readonly state: string; readonly live: string; readonly logs: string };
  /** The backup that it rests on; null: it is a full one. */
  readonly parent: string | null;
  readonly heads: Readonly<Record<string, string>>;
  readonly parts: readonly BackupPart[];
  readonly counts: {
    readonly agents: number;
    readonly jobs: number;
    readonly messages: number;
    readonly operations: number;
  };
}

const ID = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;
const FILE = /^(?:state|logs|epoch-\d{1,9})\.bundle$/;

export const isBackupId = (text: string): boolean => ID.test(text);
export const isPartFile = (text: string): boolean => FILE.test(text);
export const MANIFEST = 'manifest.json';

/** Sorts by its time. */
export const backupId = (at: string, head: string): string =>
  `${new Date(at).toISOString().replace(/[-:.]/g, '')}-${head.slice(0, 8)}`;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const encodeManifest = (manifest: BackupManifest): Buffer =>
  Buffer.from(canonicalJson({ ...manifest, digest: digestOf(manifest) }));

const digestOf = (manifest: BackupManifest): string => sha256Of(Buffer.from(canonicalJson(manifest)));

/** Throws NEWER_SCHEMA, and INVALID_DATA for whatever is not as it was written. */
export function decodeManifest(bytes: Uint8Array, id: string): BackupManifest {
  const { digest, ...said } = parsed(bytes, id);
  const manifest = said as unknown as BackupManifest;
  if (typeof manifest.schemaVersion === 'number' && manifest.schemaVersion > 1)
    throw new CliError('NEWER_SCHEMA', `backup ${id} was made by a newer program`, { hint: 'update gityard' });
  // The digest is checked first: after it, only what a program of ours wrote is left.
  if (digest !== digestOf(manifest) || manifest.id !== id || !isManifest(manifest)) throw unreadable(id);
  return manifest;
}

function parsed(bytes: Uint8Array, id: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told of below, as whatever else is wrong with it.
  }
  throw unreadable(id);
}

/** A digest tells of damage and not of malice: names become paths, and sizes room. */
const isManifest = ({ schemaVersion, at, parent, heads, parts, refs, yard, counts }: BackupManifest): boolean =>
  schemaVersion === 1 &&
  Number.isFinite(Date.parse(at)) &&
  (parent === null || isBackupId(parent)) &&
  [heads, refs, yard, counts].every((it) => typeof it === 'object' && it !== null) &&
  Array.isArray(parts) &&
  parts.every(({ file, sizeBytes, sha256 }) => isPartFile(file) && sizeBytes >= 0 && /^[0-9a-f]{64}$/.test(sha256));

const unreadable = (id: string): CliError =>
  new CliError('INVALID_DATA', `the manifest of backup ${id} is damaged`, {
    hint: 'choose another backup: gityard backup list --from <place>',
  });
