/**
 * Takes secrets out of a stream of bytes, wherever its chunks are cut. What could be the beginning of one is held back until
 * more is known, and nothing else is: a person who watches sees every line as it comes.
 */
import { type Colour, openColours } from './colours.ts';
import type { Needles } from './needles.ts';

export const REDACTED = '***REDACTED***';
const MASK = Buffer.from(REDACTED);
const NOTHING = Buffer.alloc(0);
/** More than these are not kept back: a build could print nothing else. */
const MOST_COLOURS = 1_000;

export interface Redactor {
  /** What may be shown so far. */
  write(chunk: Uint8Array): Buffer;
  /** The rest, when nothing more will come. */
  end(): Buffer;
}

export function openRedactor(needles: Needles): Redactor {
  const uncoloured = openColours();
  let held: Buffer = NOTHING;
  /** Those that are not shown yet, by their place in the held bytes. */
  let colours: readonly Colour[] = [];
  /** So many of the held bytes belong to something that was masked already. */
  let masked = 0;
  /** Pieces side by side are one secret, and one mask. */
  let justMasked = false;

  const take = (chunk: Uint8Array, isLast: boolean): Buffer => {
    const more = uncoloured.take(asBuffer(chunk), isLast);
    const bytes = held.length === 0 ? more.bytes : Buffer.concat([held, more.bytes]);
    const waiting = [...colours, ...more.colours.map((it) => ({ ...it, at: it.at + held.length }))];
    const out: Buffer[] = [];
    let coloured = 0;
    let from = masked;
    let maskedTo = masked;
    const showPlain = (to: number) => {
      if (to <= from) return;
      out.push(bytes.subarray(from, to));
      justMasked = false;
      from = to;
    };
    const show = (to: number) => {
      for (let next = waiting[coloured]; next && next.at <= to; next = waiting[++coloured]) {
        showPlain(next.at);
        out.push(next.bytes);
      }
      showPlain(to);
    };
    const isFlood = waiting.length > MOST_COLOURS;
    const end = isLast || isFlood ? bytes.length : beginningAtEnd(needles, bytes);
    for (let at = needles.next(bytes, 0); at < end; at = needles.next(bytes, at + 1)) {
      const length = needles.lengthAt(bytes, at);
      if (length === 0 || at + length <= maskedTo) continue;
      show(Math.max(from, at));
      if (!justMasked) out.push(MASK);
      justMasked = true;
      maskedTo = at + length;
      from = maskedTo;
    }
    show(end);
    held = bytes.subarray(end);
    colours = waiting.slice(coloured).map(({ at, bytes: kept }) => ({ at: at - end, bytes: Buffer.from(kept) }));
    masked = Math.max(0, maskedTo - end);
    return out.length === 1 && out[0] ? out[0] : Buffer.concat(out);
  };

  return {
    write: (chunk) => (needles.longestBytes === 0 && held.length === 0 ? asBuffer(chunk) : take(chunk, false)),
    end: () => take(NOTHING, true),
  };
}

/** All of a text at once. */
export function redactedText(needles: Needles, text: string): string {
  if (needles.longestBytes === 0 || text === '') return text;
  const redactor = openRedactor(needles);
  const shown = redactor.write(Buffer.from(text));
  return Buffer.concat([shown, redactor.end()]).toString('utf8');
}

/** Where the first thing begins that may go on in the next chunk. */
function beginningAtEnd(needles: Needles, bytes: Buffer): number {
  const first = Math.max(0, bytes.length - needles.longestBytes + 1);
  for (let at = first; at < bytes.length; at++) if (needles.mayBegin(bytes, at)) return at;
  return bytes.length;
}

const asBuffer = (chunk: Uint8Array): Buffer =>
  Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
