/**
 * The first bytes of a log, as the chunks that it is published in while it grows; and when it becomes too long for that, a last
 * line that says where the rest will be found.
 */
import { CHUNK_BYTES, chunkEnd, chunkPath } from '@gityard/builder';
import { LIVE_LOG_END, type LogFile } from '@gityard/yard';

/** The last chunk has grown once it holds a quarter more; a small one, with whatever comes. */
const LARGE_BYTES = 16 * 1024;
const GROWTH = 1.25;
/** Much less than the part of a log that is kept whatever comes after it. */
const MOST_BYTES = 8 * 1024 * 1024;

export class GrowingLog {
  private stem = '';
  private full: LogFile[] = [];
  private last: Buffer = Buffer.alloc(0);
  private index = 0;
  private takenBytes = 0;
  private bytes = 0;

  add(piece: Uint8Array, stem: string): void {
    this.stem = stem;
    if (this.bytes >= MOST_BYTES) return;
    this.bytes += piece.length;
    this.last = Buffer.concat([this.last, piece]);
    while (this.last.length >= CHUNK_BYTES) {
      const end = chunkEnd(this.last);
      this.full.push(this.file(this.last.subarray(0, end)));
      this.last = this.last.subarray(end);
      this.index++;
      this.takenBytes = 0;
    }
    if (this.bytes >= MOST_BYTES) this.last = Buffer.concat([this.last, Buffer.from(LIVE_LOG_END)]);
  }

  get hasMore(): boolean {
    return this.full.length > 0 || this.last.length > this.takenBytes;
  }

  get hasGrown(): boolean {
    const wanted = this.last.length < LARGE_BYTES ? this.takenBytes : this.takenBytes * GROWTH;
    return this.full.length > 0 || this.last.length > wanted;
  }

  /** Nothing will be added any more, and all of it was taken. */
  get isDone(): boolean {
    return this.bytes >= MOST_BYTES && !this.hasMore;
  }

  take(): LogFile[] {
    const files = this.last.length > 0 ? [...this.full, this.file(this.last)] : this.full;
    this.full = [];
    this.takenBytes = this.last.length;
    return files;
  }

  /** They did not come through; of a chunk that goes on there is a longer one by now. */
  putBack(files: readonly LogFile[]): void {
    const complete = files.filter((it) => it.path !== chunkPath(this.stem, this.index));
    const known = new Set(this.full.map((it) => it.path));
    this.full = [...complete.filter((it) => !known.has(it.path)), ...this.full];
    this.takenBytes = 0;
  }

  private file(content: Uint8Array): LogFile {
    return { path: chunkPath(this.stem, this.index), content: Uint8Array.from(content) };
  }
}
