/** What is inside an archive, entry by entry, and how much of it we are willing to look at. */
import { createHash } from 'node:crypto';

export interface Entry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly mtimeMs: number;
  readonly owner: string;
  readonly mode: number;
  /** Only of small ones. */
  readonly content: Buffer | null;
}

/** Archives are made by strangers: a few bytes may unpack to all the memory and disk that there is. */
export interface Limits {
  readonly entries: number;
  readonly bytes: number;
  readonly contentBytes: number;
}
export const LIMITS: Limits = { entries: 20_000, bytes: 1 << 30, contentBytes: 1 << 18 };
/** Of all contents that are kept together. */
const KEPT_BYTES = 1 << 25;

/** Thrown when an archive cannot be looked at; its message says why, as the rest of a sentence. */
export class NotReadable extends Error {}

/** Counts what one look at one file has cost. */
export class Allowance {
  private entries = 0;
  private bytes = 0;
  private kept = 0;
  private readonly limits: Limits;

  constructor(limits: Limits = LIMITS) {
    this.limits = limits;
  }

  entry(): void {
    this.entries += 1;
    if (this.entries > this.limits.entries) throw new NotReadable(`holds more than ${this.limits.entries} entries`);
  }

  spend(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.limits.bytes) throw new NotReadable(`unpacks to more than ${this.limits.bytes} bytes`);
  }

  /** Whether so much more may be kept in memory. */
  mayKeep(sizeBytes: number): boolean {
    if (sizeBytes > this.limits.contentBytes || this.kept + sizeBytes > KEPT_BYTES) return false;
    this.kept += sizeBytes;
    return true;
  }
}

export type Facts = Pick<Entry, 'name' | 'mtimeMs' | 'owner' | 'mode'>;

/** Reads one entry to its end. */
export async function readEntry(facts: Facts, stream: AsyncIterable<Buffer>, allowance: Allowance): Promise<Entry> {
  const hash = createHash('sha256');
  let pieces: Buffer[] | null = [];
  let sizeBytes = 0;
  for await (const piece of stream) {
    allowance.spend(piece.length);
    hash.update(piece);
    sizeBytes += piece.length;
    if (pieces && allowance.mayKeep(piece.length)) pieces.push(Buffer.from(piece));
    else pieces = null;
  }
  return { ...facts, sizeBytes, sha256: hash.digest('hex'), content: pieces && Buffer.concat(pieces) };
}
