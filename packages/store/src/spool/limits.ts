/** How much may wait, and which of those who ask at once still fit. */
import { StoreError } from '../errors.ts';
import { encodeRecord } from './record.ts';

export interface SpoolLimits {
  readonly bytes: number;
  readonly records: number;
  /** A file that is longer gets no more records: only whole files can be removed. */
  readonly segmentBytes: number;
}

export const DEFAULT_LIMITS: SpoolLimits = { bytes: 64 << 20, records: 100_000, segmentBytes: 1 << 20 };

/** Bodies that are accepted together, or not at all. */
export interface Entry {
  readonly bodies: readonly Uint8Array[];
  /** The part of all room that may be taken when these are in: less than 1 leaves some to what matters more. */
  readonly share: number;
  resolve(numbers: readonly number[]): void;
  reject(error: unknown): void;
}

export interface Admitted {
  readonly content: Buffer;
  readonly last: number;
  /** To be called when the content is on the disk. */
  answer(): void;
}

interface Used {
  readonly folder: string;
  readonly bytes: number;
  readonly records: number;
  /** The last number that was given. */
  readonly last: number;
}

/** Those that find no room are rejected at once. */
export function admit(entries: readonly Entry[], used: Used, limits: SpoolLimits): Admitted {
  const contents: Buffer[] = [];
  const answers: (() => void)[] = [];
  let { bytes, records, last } = used;
  for (const entry of entries) {
    const first = last + 1;
    const encoded = entry.bodies.map((body, at) => encodeRecord({ number: first + at, body }));
    const sizeBytes = encoded.reduce((sum, it) => sum + it.length, 0);
    if (bytes + sizeBytes > limits.bytes * entry.share || records + encoded.length > limits.records) {
      entry.reject(full(used.folder, limits));
      continue;
    }
    bytes += sizeBytes;
    records += encoded.length;
    last += encoded.length;
    contents.push(...encoded);
    answers.push(() => entry.resolve(encoded.map((_, at) => first + at)));
  }
  const answer = () => {
    for (const tell of answers) tell();
  };
  return { content: Buffer.concat(contents), last, answer };
}

function full(folder: string, { bytes, records }: SpoolLimits): StoreError {
  const message = `the spool in ${folder} is full: it holds ${records} records and ${Math.round(bytes / 1024)} KB at most`;
  return new StoreError('DISK_FULL', message, { hint: 'what waits there goes when the remote answers again' });
}
