/** The crontab of whoever installs: a block of our own in it, and every other line as it was. */
import { MADE_BY } from '../files-of.ts';
import { runWords } from './run-words.ts';

const beginOf = (id: string): string => `# gityard agent ${id}. ${MADE_BY}`;
const endOf = (id: string): string => `# end of gityard agent ${id}`;

/** The lines of the block; null: there is none. */
export function blockIn(crontab: string, id: string): readonly string[] | null {
  const place = placeOf(crontab.split('\n'), id);
  return place && crontab.split('\n').slice(place.begin + 1, place.end);
}

/** `lines` null: without the block. */
export function withBlock(crontab: string, id: string, lines: readonly string[] | null): string {
  const all = crontab === '' ? [] : crontab.replace(/\n$/, '').split('\n');
  const block = lines === null ? [] : [beginOf(id), ...lines, endOf(id)];
  const place = placeOf(all, id);
  const result = place ? [...all.slice(0, place.begin), ...block, ...all.slice(place.end + 1)] : [...all, ...block];
  return result.length === 0 ? '' : `${result.join('\n')}\n`;
}

function placeOf(lines: readonly string[], id: string): { begin: number; end: number } | null {
  const begin = lines.indexOf(beginOf(id));
  const end = lines.indexOf(endOf(id), begin);
  return begin < 0 || end < 0 ? null : { begin, end };
}

/** Empty for somebody who has none: the program calls that a failure. */
export async function readCrontab(): Promise<string> {
  try {
    return await runWords(['crontab', '-l']);
  } catch (error) {
    if (/no crontab for/i.test((error as Error).message)) return '';
    throw error;
  }
}

export async function writeCrontab(text: string): Promise<void> {
  await runWords(text === '' ? ['crontab', '-r'] : ['crontab', '-'], text);
}
