/** The log of one build while it is written: bounded on the disk, its lines broken where they never end, and indexed. */
import { type IndexBook, type LogIndex, openIndexBook } from './log-index.ts';
import { openRawLog, type RawLogEnd } from './raw-log.ts';
import { openLineSplitter } from './split-lines.ts';

export interface BuildLog {
  readonly file: string;
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<BuildLogEnd>;
}

export type BuildLogEnd = RawLogEnd & { readonly index: LogIndex };

export interface BuildLogOptions {
  readonly maxBytes: number;
  /** Every piece as it goes into the log, in order. */
  onWrite?(piece: Uint8Array): void;
  readonly book?: IndexBook;
}

export async function openBuildLog(
  file: string,
  { maxBytes, onWrite, book = openIndexBook() }: BuildLogOptions,
): Promise<BuildLog> {
  const raw = await openRawLog(file, { maxBytes });
  const lines = openLineSplitter(book);
  return {
    file,
    async write(chunk) {
      // All of them are asked for at once, so that nothing of another pipe gets between.
      const written = lines.split(chunk).map((piece) => {
        onWrite?.(piece);
        return raw.write(piece);
      });
      await Promise.all(written);
    },
    async close() {
      lines.close();
      return { ...(await raw.close()), index: book.close() };
    },
  };
}
