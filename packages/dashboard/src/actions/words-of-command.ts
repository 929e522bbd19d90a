/**
 * A command line as people type it, cut into its words as a shell would: what stands in quotes stays together, also beside
 * what does not. No shell ever sees it. It reads what `shellWord` of the domain writes. Pure.
 */
const WORD = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|\S)+/gs;
const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\([\s'"\\])/gs;

export const wordsOf = (line: string): string[] => [...line.matchAll(WORD)].map(([word]) => word.replace(PIECE, plain));

const plain = (_: string, single?: string, double?: string, escaped?: string): string =>
  single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '';
