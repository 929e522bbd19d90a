/** The bytes in which OpenSSH writes keys and signatures: numbers of four bytes, and strings with their length before them. */
import { TrustError } from './trust-error.ts';

/** Longer ones than this are of nobody who means well. */
const MOST_BYTES = 64 * 1024;

export class WireReader {
  private at = 0;
  private readonly bytes: Buffer;
  private readonly what: string;

  constructor(bytes: Buffer, what: string) {
    this.bytes = bytes;
    this.what = what;
    if (bytes.length > MOST_BYTES) throw this.broken('is too long');
  }

  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw this.broken('ends too early');
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  number(): number {
    return this.take(4).readUInt32BE(0);
  }

  string(): Buffer {
    return this.take(this.number());
  }

  text(): string {
    return this.string().toString('latin1');
  }

  rest(): Buffer {
    return this.take(this.bytes.length - this.at);
  }

  /** What stands behind the end would be signed by nobody. */
  end(): void {
    if (this.at !== this.bytes.length) throw this.broken('goes on behind its end');
  }

  broken(how: string): TrustError {
    return new TrustError('SIGNATURE', `${this.what} ${how}`);
  }
}

export function wireNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}

export function wireString(value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value);
  return Buffer.concat([wireNumber(bytes.length), bytes]);
}

/** Between its two lines; the blanks of line breaks in it mean nothing. */
export function unarmoured(text: string, label: string, what: string): Buffer {
  const wrong = new TrustError('SIGNATURE', `${what} does not stand between the lines of an ${label}`);
  const [, inside] =
    new RegExp(`^-----BEGIN ${label}-----\\r?\\n([\\sA-Za-z0-9+/=]+)-----END ${label}-----\\s*$`).exec(text) ?? [];
  if (inside === undefined || text.length > MOST_BYTES * 2) throw wrong;
  return Buffer.from(inside.replace(/\s/g, ''), 'base64');
}

export function armoured(bytes: Uint8Array, label: string): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
