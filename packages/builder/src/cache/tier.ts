/**
 * The contract of a far tier of the cache, shared by agents: small texts by name, and bytes by their digest. A tier may be slow,
 * wrong or gone; what comes out of it is checked by whoever asked. Every member passes `cache-tier.contract.test.ts`.
 */
export interface EntryName {
  readonly kind: 'entry' | 'latest';
  /** A digest: scopes are texts of people. */
  readonly scope: string;
  readonly id: string;
}

export interface Blob {
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface CacheTier {
  /** For people: `redis cache.example:6379`. */
  readonly name: string;
  read(name: EntryName, signal: AbortSignal): Promise<string | null>;
  write(name: EntryName, text: string, signal: AbortSignal): Promise<void>;
  /** Puts the bytes into a file that is not there yet; false: it has none. */
  fetch(blob: Blob, file: string, signal: AbortSignal): Promise<boolean>;
  /** Takes the bytes of a file; false: not of this size. */
  send(blob: Blob, file: string, signal: AbortSignal): Promise<boolean>;
  /** What was found to be damaged: the next who has it brings it anew. */
  drop(blob: Blob, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export const EXPIRES_MS = 7 * 24 * 3_600_000;
