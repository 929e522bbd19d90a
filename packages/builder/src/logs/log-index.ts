/**
 * What a log tells of itself beside its bytes, so that a page can fold its groups and say when a line was printed. Lines
 * and bytes count from the beginning of the whole output, also where the middle of it is left out.
 */
export interface LogGroup {
  readonly title: string;
  /** 1 = the first of the log: the line that names the group. */
  readonly line: number;
  readonly lines: number;
}

export interface LogTime {
  readonly line: number;
  readonly byte: number;
  readonly at: string;
}

export interface LogIndex {
  readonly groups: readonly LogGroup[];
  /** From this line on, until the next of these. */
  readonly times: readonly LogTime[];
}

export interface IndexBook {
  /** A line begins. */
  begin(byte: number): void;
  /** The beginning of the line that began last, where it may name a group. */
  name(text: string): void;
  close(): LogIndex;
}

const GROUPS = 500;
const TIMES = 1_000;
const TITLE_CHARACTERS = 200;
// GitHub's words, Buildkite's, and our own before every command. "--- FAIL" is how Go names a test that failed.
const OPENS = /^(?:::group::|(?:---|\+\+\+|~~~) (?!FAIL|PASS|SKIP|[ab]\/))(.*)$/;
const CLOSES = /^(?:::endgroup::|\[gityard\] )/;

export function openIndexBook(now: () => Date = () => new Date()): IndexBook {
  const groups: LogGroup[] = [];
  let times: LogTime[] = [];
  let open: { readonly title: string; readonly line: number } | null = null;
  let line = 0;
  let everyMs = 1_000;
  let last = Number.NEGATIVE_INFINITY;

  const end = (before: number) => {
    if (open && groups.length < GROUPS) groups.push({ ...open, lines: Math.max(1, before - open.line) });
    open = null;
  };
  return {
    begin(byte) {
      line++;
      const at = now();
      if (at.getTime() - last < everyMs) return;
      last = at.getTime();
      times.push({ line, byte, at: at.toISOString() });
      if (times.length < TIMES) return;
      // A build that prints for days gets by with fewer.
      times = times.filter((_, index) => index % 2 === 0);
      everyMs *= 2;
    },
    name(text) {
      const title = OPENS.exec(text)?.[1]?.trim();
      if (title === undefined && !CLOSES.test(text)) return;
      end(line);
      if (title) open = { title: title.slice(0, TITLE_CHARACTERS), line };
    },
    close() {
      end(line + 1);
      return { groups, times };
    },
  };
}
