/** A command line as people type it, cut into its words: quotes keep blanks together. No shell ever sees it. Pure. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [, double, single, bare] of line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)) {
    words.push(double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '');
  }
  return words;
}
