/** Bytes in the bands of Git's answers: data, and words for people. */
import { FLUSH } from '@gityard/store/codec';

const LARGEST_BYTES = 65_515;
const DATA = 1;
const MESSAGE = 2;

export const dataBand = (bytes: Uint8Array): Buffer => band(DATA, bytes);
export const messageBand = (text: string): Buffer => band(MESSAGE, Buffer.from(text));

/** The end of an answer in bands. */
export const END = FLUSH;

function band(number: number, bytes: Uint8Array): Buffer {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += LARGEST_BYTES) {
    const piece = bytes.subarray(at, at + LARGEST_BYTES);
    const size = (piece.length + 5).toString(16).padStart(4, '0');
    pieces.push(Buffer.from(size), Uint8Array.of(number), piece);
  }
  return Buffer.concat(pieces);
}
