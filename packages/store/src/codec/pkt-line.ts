/** Git's framing: four hexadecimal digits of length, then that many bytes; and the three marks that have no content. */
import { StoreError } from '../errors.ts';

export type PktLine =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'flush' | 'delimiter' | 'end' };

export const FLUSH = Buffer.from('0000');
export const DELIMITER = Buffer.from('0001');

const MARKS = ['flush', 'delimiter', 'end'] as const;

export function pktLine(content: string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

/** Throws REMOTE_INVALID where the bytes are no such lines, or where the last one is cut. */
export function* readPktLines(bytes: Uint8Array): Iterable<PktLine> {
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at);
    const mark = MARKS[length];
    if (mark) yield { kind: mark };
    else if (length < 4 || at + length > bytes.length) throw notGit();
    else yield { kind: 'data', bytes: bytes.subarray(at + 4, at + length) };
    at += Math.max(length, 4);
  }
}

/** The lines up to the first flush, and what follows it as it is: a pack, mostly. Throws where there is no flush. */
export function readSection(bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const lines: Uint8Array[] = [];
  let at = 0;
  for (const line of readPktLines(bytes)) {
    if (line.kind === 'flush') return { lines, rest: bytes.subarray(at + FLUSH.length) };
    if (line.kind !== 'data') throw notGit();
    lines.push(line.bytes);
    at += line.bytes.length + 4;
  }
  throw notGit();
}

/** The text of a line, without the newline that some lines end with. */
export function lineText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').replace(/\n$/, '');
}

export function notGit(what = 'the server answered something that is not Git\u2019s protocol'): StoreError {
  return new StoreError('REMOTE_INVALID', what, {
    hint: 'check the address; a portal, proxy or login page may stand before the repository',
  });
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(4, bytes.length - at)).toString('latin1');
  if (!/^[0-9a-f]{4}$/i.test(digits)) throw notGit();
  return Number.parseInt(digits, 16);
}
