/** The blocks of a page that are run, or are files, or belong elsewhere, in their order. Knows lines, so that a failure can name them. */
import { type Fence, readFence } from '../markdown/fence.ts';

export interface Block {
  /** Of its first line of text, from 1. */
  readonly line: number;
  readonly text: string;
  readonly kind: 'setup' | 'file' | 'shell' | 'console' | 'elsewhere';
  readonly fence: Fence;
}

const NO_FENCE = readFence('');
const SHELL = new Set(['sh', 'bash']);

export function readBlocks(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^( *)(`{3,})([^`]*)$/.exec(lines[at] ?? '');
    const opens = fence ? undefined : /^<!-- setup\s*$/.exec(lines[at] ?? '');
    if (!fence && !opens) continue;
    const [, indent = '', ticks = '', info = ''] = fence ?? [];
    const isEnd = (line: string) => (fence ? line.trim() === ticks : line.includes('-->'));
    const end = lines.findIndex((line, index) => index > at && isEnd(line));
    if (end < 0) throw new Error(`line ${at + 1}: a block has no end`);
    const text = lines.slice(at + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const read = fence ? readFence(info) : NO_FENCE;
    const kind = opens ? 'setup' : kindOf(read);
    if (kind) blocks.push({ line: at + 2, text: text.join('\n'), kind, fence: read });
    at = end;
  }
  return blocks;
}

function kindOf({ language, elsewhere, file }: Fence): Block['kind'] | undefined {
  if (elsewhere !== undefined) return 'elsewhere';
  if (file !== undefined) return 'file';
  if (SHELL.has(language)) return 'shell';
  return language === 'console' ? 'console' : undefined;
}
