/** What is new in a log that grows, in whole lines. A new attempt begins a new log, which is told from its start. */
import { LIVE_LOG_END } from '@gityard/yard';
import type { JobLog } from './read-log.ts';

export interface Lines {
  /** Number of the first of them, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
}

export class NewLines {
  private stem = '';
  private characters = 0;
  private count = 0;
  /** The log has grown too long to be followed; the rest comes with the whole. */
  isCut = false;

  /** A line that goes on is kept back, until the log is whole. */
  upTo({ stem, bytes, page }: JobLog, { isWhole }: { readonly isWhole: boolean }): Lines {
    if (stem !== this.stem) Object.assign(this, { characters: 0, count: 0, isCut: false });
    this.stem = stem;
    const all = page ?? bytes.toString('utf8');
    // That line stands where the whole log goes on.
    const text = isWhole ? all : this.withoutEnd(all);
    const end = isWhole ? text.length : text.lastIndexOf('\n') + 1;
    const first = this.count + 1;
    if (end <= this.characters) return { first, lines: [] };
    const lines = text.slice(this.characters, end).replace(/\n$/, '').split('\n');
    this.characters = end;
    this.count += lines.length;
    return { first, lines };
  }

  private withoutEnd(text: string): string {
    this.isCut = text.endsWith(LIVE_LOG_END);
    return this.isCut ? text.slice(0, -LIVE_LOG_END.length) : text;
  }
}
