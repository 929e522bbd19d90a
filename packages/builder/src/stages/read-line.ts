/**
 * What one line of a build's output means: a warning, an error, or nothing that we know. Knows the shapes of MSBuild,
 * TypeScript, gcc, Maven and the "::error" convention; it does not try to understand every tool.
 */
export type LineKind = 'warning' | 'error' | null;

const COMMAND = /^::(error|warning)\b/;
const MAVEN = /^\[(ERROR|WARNING)\] \S/;
// "file(1,2): error CS1002: …", "a.ts(3,4): error TS2322: …", "x.c:3:5: fatal error: …", "error: …"
const COMPILER = /(?:^|[:)\]]\s*)(?:fatal )?(error|warning)(?: [A-Z]+\d+)?\s*:/;

/** A cheap look at a whole chunk, so that a flood of harmless output is not taken apart line by line. */
export const MAY_MATTER = /error|warning|^::notice|\.go:\d/im;

export function readLine(line: string): LineKind {
  if (!MAY_MATTER.test(line)) return null;
  const word = (COMMAND.exec(line) ?? MAVEN.exec(line) ?? COMPILER.exec(line))?.[1];
  return word ? (word.toLowerCase() as 'error' | 'warning') : null;
}
