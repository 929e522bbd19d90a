/** The pieces of Markdown that logs are made of. Whatever a build or a person wrote is text in them and never markup. */
import { plainText } from '../stages/plain-text.ts';

export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One line, no markup, no mention of people. */
export function cell(text: string): string {
  const oneLine = plainText(text.replaceAll('\n', ' '));
  return oneLine.replace(/[\\`*_[\]<>|#!]/g, '\\$&').replaceAll('@', '@\u200b');
}

/** The fence is longer than any run of backticks inside, so the text cannot close it. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

export function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
