/**
 * What is to be said of files. The same of many versions of one file is said once, with how many there were, the newest
 * commit that has it, and the line there: a file that was broken for a hundred commits is one finding.
 */
import type { SourceFile } from '../source/source.ts';
import type { Place } from './union.ts';

export interface Finding {
  readonly outcome: 'repaired' | 'quarantined' | 'dropped';
  readonly reason: string;
  readonly place: Place;
  readonly versions: number;
}

interface Said {
  readonly outcome: Finding['outcome'];
  readonly reason: string;
  readonly line: number | null;
}

export class Findings {
  private readonly found = new Map<string, Finding>();

  file({ path, commit }: SourceFile, { outcome, reason, line }: Said): void {
    const key = [path, outcome, reason].join('\0');
    const known = this.found.get(key);
    const place = known?.place ?? { path, line, commit };
    this.found.set(key, { outcome, reason, place, versions: (known?.versions ?? 0) + 1 });
  }

  /** An older version that is empty held nothing: what stood there before is found in those before it. */
  damaged(
    file: SourceFile,
    { reason, line, isRepaired }: { reason: string; line: number | null; isRepaired: boolean },
  ): void {
    const isNothing = reason === 'is empty' && (file.replacedBy !== null || file.hasOlder);
    this.file(file, { outcome: isRepaired ? 'repaired' : isNothing ? 'dropped' : 'quarantined', reason, line });
  }

  /** What stands where an entry should be. The same nonsense in many places is told of once. */
  stray(file: SourceFile, { text, line, kind }: { text: string; line: number | null; kind: string }): void {
    const reason = `holds ${text} where a ${kind === 'any' ? 'thing' : kind} should be`;
    this.file(file, { outcome: 'quarantined', reason, line });
  }

  *[Symbol.iterator](): IterableIterator<Finding> {
    yield* this.found.values();
  }
}
