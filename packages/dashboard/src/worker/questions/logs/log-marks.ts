/**
 * What stands out in a log: groups that can be folded, by the words of several hosts, and lines that tell of errors and
 * warnings. The shapes are those that the builder counts by, so that a log that still grows has them as well.
 */
export interface Group {
  readonly title: string;
  /** The line that names it; 0 = the first of the log. */
  readonly line: number;
  /** With that one. */
  readonly lines: number;
}

export interface Marks {
  readonly groups: readonly Group[];
  readonly errors: readonly number[];
  readonly warnings: readonly number[];
}

const MOST_GROUPS = 2_000;
const MOST_MARKS = 20_000;
const TITLE_CHARACTERS = 200;
/** A cheap look at everything first, so that a flood of harmless lines is not taken apart one by one. */
const MAY_MATTER = /error|warning|^(?:::(?:end)?group::|--- |\+\+\+ |~~~ |\[gityard\] )/gim;
// "--- FAIL" is how Go names a test that failed.
const OPENS = /^(?:::group::|(?:---|\+\+\+|~~~) (?!FAIL|PASS|SKIP|[ab]\/))(.*)$/;
const ENDS = /^::endgroup::/;
/** Of the builder itself: what it says of a step, with the command of it, which may hold any word. */
const OWN = /^\[gityard\] /;
const SHAPES = [
  /^::(error|warning)\b/,
  /^\[(ERROR|WARNING)\] \S/,
  /(?:^|[:)\]]\s*)(?:fatal )?(error|warning)(?: [A-Z]+\d+)?\s*:/,
];

export function findMarks(text: string, starts: Uint32Array): Marks {
  const groups: Group[] = [];
  const errors: number[] = [];
  const warnings: number[] = [];
  let open: { readonly title: string; readonly line: number } | null = null;
  const end = (before: number) => {
    if (open && groups.length < MOST_GROUPS) groups.push({ ...open, lines: before - open.line });
    open = null;
  };
  let line = 0;
  let looked = -1;
  for (const { index } of text.matchAll(MAY_MATTER)) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= index) line++;
    if (line === looked) continue;
    looked = line;
    const words = text.slice(starts[line], (starts[line + 1] ?? 0) - 1);
    const title = OPENS.exec(words)?.[1]?.trim();
    // A line that does nothing but end a group belongs to it.
    if (ENDS.test(words)) end(line + 1);
    else if (title !== undefined || OWN.test(words)) end(line);
    if (title) open = { title: title.slice(0, TITLE_CHARACTERS), line };
    const level = OWN.test(words) ? undefined : levelOf(words);
    if (level === 'error' && errors.length < MOST_MARKS) errors.push(line);
    if (level === 'warning' && warnings.length < MOST_MARKS) warnings.push(line);
  }
  end(starts.length - 1);
  return { groups, errors, warnings };
}

function levelOf(line: string): string | undefined {
  for (const shape of SHAPES) {
    const word = shape.exec(line)?.[1];
    if (word !== undefined) return word.toLowerCase();
  }
  return undefined;
}
