/** Which bytes somebody asks for (RFC 9110 §14): one range, or all. What cannot be understood asks for all. */
import type { IncomingHttpHeaders } from 'node:http';

/** Both ends are included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** undefined: all of it. `none`: there is nothing there. */
export function byteRangeIn(
  { range, 'if-range': condition }: IncomingHttpHeaders,
  { sizeBytes, etag }: { sizeBytes: number; etag: string },
): ByteRange | 'none' | undefined {
  // A part of something else is of no use to who has the beginning of this.
  if (condition !== undefined && condition !== etag) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return rangeOf(Math.max(0, sizeBytes - Number(last)), Number(last) === 0 ? -1 : sizeBytes - 1);
  if (last !== '' && Number(last) < Number(first)) return undefined;
  return rangeOf(Number(first), Math.min(last === '' ? sizeBytes - 1 : Number(last), sizeBytes - 1));
}

const rangeOf = (from: number, to: number): ByteRange | 'none' => (from > to ? 'none' : { from, to });
