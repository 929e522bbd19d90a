/** Which lines of a log are asked for: of a stage, with a word in them. It is fed as the log grows. */
export interface LineChoice {
  readonly stage: string | undefined;
  readonly grep: string | undefined;
}

/** What the builder puts before every command. */
const COMMAND = /^\[gityard\] (Fetch|Restore|Build|Test|Package|Publish): /;

export function openLineChoice({ stage, grep }: LineChoice): (lines: readonly string[]) => string[] {
  const wanted = grep?.toLowerCase();
  let current = '';
  return (lines) =>
    lines.filter((line) => {
      current = COMMAND.exec(line)?.[1] ?? current;
      if (stage !== undefined && current !== stage) return false;
      return wanted === undefined || line.toLowerCase().includes(wanted);
    });
}
