/**
 * The small part of Markdown that messages are drawn with: paragraphs, lists, code, bold, links. Everything else stays the
 * text that it is, HTML above all. What comes out is bounded whatever goes in, and no text makes it slow.
 */
import { safeUrl } from './safe-url.ts';

/** A stretch of text that looks the same all along. */
export interface Run {
  readonly kind: 'text' | 'code' | 'link';
  readonly text: string;
  readonly isBold: boolean;
  /** Of a link. */
  readonly href?: string;
}
interface Item {
  readonly runs: readonly Run[];
  readonly list: List | null;
}
export interface List {
  readonly kind: 'list';
  readonly isOrdered: boolean;
  readonly items: readonly Item[];
}
export type Block =
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'code'; readonly text: string }
  | List;

export interface Document {
  readonly blocks: readonly Block[];
  /** There was more than anybody reads. */
  readonly isCut: boolean;
}

export const MOST_CHARACTERS = 64 * 1024;
const MOST_LINES = 2_000;
export const MOST_DEPTH = 8;

const FENCE = /^ {0,3}```/;
const ITEM = /^( *)(?:[-*+]|(\d{1,9})[.)]) +(.*)$/;
const HEADING = /^#{1,6} +/;

export function documentIn(text: string): Document {
  const lines = text.slice(0, MOST_CHARACTERS).split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < Math.min(lines.length, MOST_LINES); ) {
    const end = blockEnd(lines, at);
    const block = blockOf(lines.slice(at, Math.min(end, MOST_LINES)));
    if (block) blocks.push(block);
    at = end;
  }
  return { blocks, isCut: text.length > MOST_CHARACTERS || lines.length > MOST_LINES };
}

/** The line after the block that begins there. */
function blockEnd(lines: readonly string[], start: number): number {
  const first = lines[start] ?? '';
  const next = lines.slice(start + 1, MOST_LINES);
  const after = (found: number) => (found === -1 ? lines.length : start + 1 + found);
  if (FENCE.test(first)) return Math.min(lines.length, after(next.findIndex((line) => FENCE.test(line))) + 1);
  if (first.trim() === '' || HEADING.test(first)) return start + 1;
  if (ITEM.test(first)) return after(next.findIndex((line) => line.trim() === '' || FENCE.test(line)));
  return after(
    next.findIndex((line) => line.trim() === '' || FENCE.test(line) || HEADING.test(line) || ITEM.test(line)),
  );
}

function blockOf(lines: readonly string[]): Block | undefined {
  const [first = '', ...rest] = lines;
  if (first.trim() === '') return undefined;
  if (FENCE.test(first)) return { kind: 'code', text: rest.filter((line) => !FENCE.test(line)).join('\n') };
  if (ITEM.test(first)) return listIn(lines);
  if (HEADING.test(first)) return { kind: 'paragraph', runs: runsIn(first.replace(HEADING, '')).map(bold) };
  return { kind: 'paragraph', runs: runsIn(lines.join('\n')) };
}

const bold = (run: Run): Run => ({ ...run, isBold: true });

interface Line {
  readonly indent: number;
  readonly isOrdered: boolean;
  readonly text: string;
}

function listIn(lines: readonly string[]): List {
  const items: Line[] = [];
  for (const line of lines) {
    const [, indent, number, text = ''] = ITEM.exec(line) ?? [];
    const last = items.at(-1);
    if (indent !== undefined) items.push({ indent: indent.length, isOrdered: number !== undefined, text });
    else if (last) items[items.length - 1] = { ...last, text: `${last.text}\n${line.trim()}` };
  }
  return nested(items, 1);
}

/** What stands further in than the first of them belongs to the item before it. */
function nested(lines: readonly Line[], depth: number): List {
  const indent = lines[0]?.indent ?? 0;
  const starts = lines.flatMap((line, at) => (line.indent <= indent || depth >= MOST_DEPTH ? [at] : []));
  const items = starts.map((start, index) => {
    const inner = lines.slice(start + 1, starts[index + 1]);
    return { runs: runsIn(lines[start]?.text ?? ''), list: inner.length > 0 ? nested(inner, depth + 1) : null };
  });
  return { kind: 'list', isOrdered: lines[0]?.isOrdered ?? false, items };
}

const MARK =
  /`([^`\n]{1,2000})`|(\*\*)|\[([^[\]\n]{1,500})\]\(([^\s()]{1,2000})\)|https?:\/\/[^\s<>"'`()[\]*]{1,2000}(?<![.,;:!?])/g;

function runsIn(text: string): readonly Run[] {
  const runs: Run[] = [];
  const marks = [...text.matchAll(MARK)];
  const lastBold = marks.findLastIndex((mark) => mark[2] !== undefined);
  let isBold = false;
  let from = 0;
  const say = (run: Omit<Run, 'isBold'>) => run.text !== '' && runs.push({ ...run, isBold });
  marks.forEach((mark, at) => {
    const [whole, code, stars, label, address] = mark;
    // Stars that nothing closes are stars.
    if (stars !== undefined && !isBold && at === lastBold) return;
    say({ kind: 'text', text: text.slice(from, mark.index) });
    from = mark.index + whole.length;
    if (stars !== undefined) isBold = !isBold;
    else if (code !== undefined) say({ kind: 'code', text: code });
    else say(linkOr(whole, label ?? whole, address ?? whole));
  });
  say({ kind: 'text', text: text.slice(from) });
  return runs;
}

/** What leads nowhere that is safe stays as it was written. */
function linkOr(whole: string, label: string, address: string): Omit<Run, 'isBold'> {
  const href = safeUrl(address);
  return href === null ? { kind: 'text', text: whole } : { kind: 'link', text: label, href };
}
