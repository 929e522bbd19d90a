/** Which lines and branches were run, by file: reports of several test runs over the same file come to their union. */
import type { Coverage } from '@gityard/domain';

export interface CoveredLine {
  readonly line: number;
  readonly hit: boolean;
  readonly branches: number;
  readonly branchesHit: number;
}

/** Lines by the names of files, as one report has them. */
export type CoverageReport = ReadonlyMap<string, readonly CoveredLine[]>;

const LINES = 5_000_000;

export class LineBook {
  private readonly files = new Map<string, Map<number, CoveredLine>>();
  private left = LINES;

  add(file: string, lines: readonly CoveredLine[]): void {
    const known = this.files.get(file) ?? new Map<number, CoveredLine>();
    this.files.set(file, known);
    for (const line of lines.slice(0, this.left)) known.set(line.line, both(known.get(line.line), line));
    this.left = Math.max(0, this.left - lines.length);
  }

  /** Null: no report told of a line. */
  totals(): Coverage | null {
    const sum = { linesCovered: 0, linesTotal: 0, branchesCovered: 0, branchesTotal: 0 };
    for (const lines of this.files.values())
      for (const { hit, branches, branchesHit } of lines.values()) {
        sum.linesTotal++;
        if (hit) sum.linesCovered++;
        sum.branchesTotal += branches;
        sum.branchesCovered += branchesHit;
      }
    return sum.linesTotal === 0 ? null : sum;
  }
}

/** Of branches only the numbers are told, so which of them two runs took is not known: the better run counts. */
function both(a: CoveredLine | undefined, b: CoveredLine): CoveredLine {
  if (!a) return b;
  const branches = Math.max(a.branches, b.branches);
  const branchesHit = Math.min(branches, Math.max(a.branchesHit, b.branchesHit));
  return { line: b.line, hit: a.hit || b.hit, branches, branchesHit };
}
