/** What is new in a log that grows, in whole lines. A new attempt begins a new log, which is told from its start. */
import { LIVE_LOG_END } from '@gityard/yard';
import type { JobLog } from './read-log.ts';

export interface Lines {
  /** Number of the first of them, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** A log may have 64 MiB, and a line no more than its end: as texts with times, all of them at once are more than a process may have. */
const PIECE_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
const CUT_END = Buffer.from(LIVE_LOG_END);

export class NewLines {
  private stem = '';
  private bytes = 0;
  private count = 0;
  /** The log has grown too long to be followed; the rest comes with the whole. */
  isCut = false;

  /** A line that goes on is kept back, until the log is whole. */
  upTo(log: JobLog, { isWhole }: { readonly isWhole: boolean }): Lines {
    const first = (log.stem === this.stem ? this.count : 0) + 1;
    return { first, lines: [...this.piecesUpTo(log, { isWhole })].flatMap(({ lines }) => lines) };
  }

  /** The same, a little at a time. */
  *piecesUpTo({ stem, bytes, page }: JobLog, { isWhole }: { readonly isWhole: boolean }): Generator<Lines> {
    if (stem !== this.stem) Object.assign(this, { bytes: 0, count: 0, isCut: false });
    this.stem = stem;
    const all = page === null ? bytes : Buffer.from(page);
    // That line stands where the whole log goes on.
    const content = isWhole ? all : this.withoutEnd(all);
    const end = isWhole ? content.length : content.lastIndexOf(NEWLINE) + 1;
    while (this.bytes < end) {
      const piece = content.subarray(this.bytes, endOfPiece(content, { from: this.bytes, end }));
      const lines = piece.toString('utf8').replace(/\n$/, '').split('\n');
      const first = this.count + 1;
      this.bytes += piece.length;
      this.count += lines.length;
      yield { first, lines };
    }
  }

  private withoutEnd(content: Buffer): Buffer {
    this.isCut = content.subarray(-CUT_END.length).equals(CUT_END);
    return this.isCut ? content.subarray(0, -CUT_END.length) : content;
  }
}

function endOfPiece(content: Buffer, { from, end }: { from: number; end: number }): number {
  if (end - from <= PIECE_BYTES) return end;
  const newline = content.indexOf(NEWLINE, from + PIECE_BYTES);
  return newline === -1 ? end : Math.min(newline + 1, end);
}
