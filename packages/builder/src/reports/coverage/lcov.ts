/** lcov's tracefiles: "SF:" begins a file, "DA:" is a line, "BRDA:" one branch of a line. */
import type { CoverageReport, CoveredLine } from './line-book.ts';

export function lcovReport(text: string): CoverageReport {
  const files = new Map<string, CoveredLine[]>();
  let lines: CoveredLine[] | undefined;
  for (const row of text.split(/\r?\n/)) {
    if (row.startsWith('SF:')) {
      const file = row.slice(3).trim();
      lines = files.get(file) ?? [];
      files.set(file, lines);
    } else if (row === 'end_of_record') {
      lines = undefined;
    } else {
      const line = lineOf(row);
      if (line) lines?.push(line);
    }
  }
  return new Map([...files].map(([file, all]) => [file, merged(all)]));
}

function lineOf(row: string): CoveredLine | null {
  const [, line, hits] = /^DA:(\d{1,7}),(\d+)/.exec(row) ?? [];
  if (line !== undefined) return { line: Number(line), hit: Number(hits) > 0, branches: 0, branchesHit: 0 };
  const [, at, taken] = /^BRDA:(\d{1,7}),[^,]*,[^,]*,(\d+|-)/.exec(row) ?? [];
  if (at === undefined) return null;
  const hit = taken !== '-' && Number(taken) > 0;
  return { line: Number(at), hit, branches: 1, branchesHit: hit ? 1 : 0 };
}

/** Within one report the branches of a line are told one by one. */
function merged(lines: readonly CoveredLine[]): CoveredLine[] {
  const known = new Map<number, CoveredLine>();
  for (const it of lines) {
    const before = known.get(it.line);
    known.set(it.line, {
      line: it.line,
      hit: it.hit || (before?.hit ?? false),
      branches: it.branches + (before?.branches ?? 0),
      branchesHit: it.branchesHit + (before?.branchesHit ?? 0),
    });
  }
  return [...known.values()];
}
