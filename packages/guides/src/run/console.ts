/** A block that shows a terminal: its commands, each with what it is said to print. */

export interface Shown {
  /** Within the block, from 0. */
  readonly line: number;
  readonly command: string;
  readonly prints: readonly string[];
}

export function commandsShown(text: string): Shown[] {
  const shown: { line: number; command: string; prints: string[] }[] = [];
  let goesOn = false;
  text.split('\n').forEach((line, at) => {
    const last = shown.at(-1);
    if (goesOn && last) last.command += `\n${line.replace(/^> /, '')}`;
    else if (line.startsWith('$ ')) shown.push({ line: at, command: line.slice(2), prints: [] });
    else if (last) last.prints.push(line);
    else throw new Error('a block of a terminal begins with a command: "$ "');
    goesOn = line.endsWith('\\') && (goesOn || line.startsWith('$ '));
  });
  return shown;
}

/**
 * What does not fit, as lines of a diff; nothing where all fits. `…` stands for anything in a line, a line `…` for any lines. Ids,
 * commits, times and the widths of columns differ from run to run, and are alike here.
 */
export function misprint(expected: readonly string[], printed: readonly string[]): string[] {
  const wanted = trimmed(expected);
  const found = trimmed(printed);
  if (fits(wanted, found)) return [];
  return [...wanted.map((line) => `- ${line}`), ...found.map((line) => `+ ${line}`)];
}

function fits(wanted: readonly string[], found: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return found.length === 0;
  if (first.trim() === '…') return found.some((_, at) => fits(rest, found.slice(at))) || fits(rest, []);
  return found.length > 0 && fitsLine(first, found[0] ?? '') && fits(rest, found.slice(1));
}

function fitsLine(wanted: string, found: string): boolean {
  const pattern = alike(wanted)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(alike(found));
}

const alike = (line: string): string =>
  line
    .replace(/\b01[0-9a-hjkmnp-tv-z]{24}\b/g, 'ID')
    .replace(/…[0-9a-hjkmnp-tv-z]{6}\b/g, 'ID')
    .replace(/\b[0-9a-f]{10}(?:[0-9a-f]{30})?\b/g, 'COMMIT')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME')
    .replace(/\b\d+ ?s ago\b/g, 'AGO')
    .replace(/ {2,}/g, '  ')
    .trimEnd();

function trimmed(lines: readonly string[]): string[] {
  const filled = lines.map((line) => line.trimEnd());
  const from = filled.findIndex(Boolean);
  return from < 0 ? [] : filled.slice(from, filled.findLastIndex(Boolean) + 1);
}
