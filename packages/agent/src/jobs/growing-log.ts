/**
 * The first bytes of a log that grows, as the chunks in which its final files will be cut. The last chunk goes as a whole each
 * time: once it is large, only when it has grown by a quarter. When it becomes too long for that, a last line says where the rest
 * will be found. Knows nobody who publishes it.
 */
import { CHUNK_BYTES, chunkEnd, chunkPath } from '@gityard/builder';
import { LIVE_LOG_END, type LogFile } from '@gityard/yard';

const GROWTH = 1.25;
const LARGE_BYTES = 16 * 1024;
/** Much less than the part of a log that is kept whatever comes after it. */
const MOST_BYTES = 8 * 1024 * 1024;

export class GrowingLog {
  private stem = '';
  private full: LogFile[] = [];
  /** Of the last chunk, put together only when it is looked at: a build may print a word at a time. */
  private pieces: Uint8Array[] = [];
  private lastBytes = 0;
  private index = 0;
  private takenBytes = 0;
  private bytes = 0;

  add(piece: Uint8Array, stem: string): void {
    this.stem = stem;
    if (this.bytes >= MOST_BYTES) return;
    this.bytes += piece.length;
    this.pieces.push(piece);
    this.lastBytes += piece.length;
    while (this.lastBytes >= CHUNK_BYTES) {
      const last = this.last();
      const end = chunkEnd(last);
      this.full.push(this.file(last.subarray(0, end)));
      this.pieces = [last.subarray(end)];
      this.lastBytes -= end;
      this.index++;
      this.takenBytes = 0;
    }
    if (this.bytes >= MOST_BYTES) this.addEnd();
  }

  private addEnd(): void {
    const end = Buffer.from(LIVE_LOG_END);
    this.pieces.push(end);
    this.lastBytes += end.length;
  }

  private last(): Buffer {
    const last = Buffer.concat(this.pieces);
    this.pieces = [last];
    return last;
  }

  get hasMore(): boolean {
    return this.full.length > 0 || this.lastBytes > this.takenBytes;
  }

  get hasGrown(): boolean {
    const wanted = this.lastBytes < LARGE_BYTES ? this.takenBytes : this.takenBytes * GROWTH;
    return this.full.length > 0 || this.lastBytes > wanted;
  }

  /** Nothing will be added any more, and all of it was taken. */
  get isDone(): boolean {
    return this.bytes >= MOST_BYTES && !this.hasMore;
  }

  take(): LogFile[] {
    const files = this.lastBytes > 0 ? [...this.full, this.file(this.last())] : this.full;
    this.full = [];
    this.takenBytes = this.lastBytes;
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
