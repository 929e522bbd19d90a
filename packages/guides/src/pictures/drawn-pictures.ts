/** The pictures that were drawn of Mermaid blocks (`npm run pictures`), each under the digest of its source. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { escapeHtml } from '../markdown/escape.ts';
import { digestOf } from './digest-of.ts';

export const PICTURES = fileURLToPath(new URL('../../pictures/', import.meta.url));

/** Resolves with what finds the picture of a source, as HTML; it finds none where none was drawn. */
export async function drawnPictures(): Promise<(source: string) => string | undefined> {
  const names = (await readdir(PICTURES)).filter((name) => name.endsWith('.svg'));
  const drawn = new Map(
    await Promise.all(
      names.map(async (name) => [name.slice(0, -4), await readFile(join(PICTURES, name), 'utf8')] as const),
    ),
  );
  return (source) => {
    const svg = drawn.get(digestOf(source));
    return (
      svg &&
      `<figure class="picture" role="img" tabindex="0" aria-label="${escapeHtml(wordsOf(source))}">${svg}</figure>\n`
    );
  };
}

/** What the picture says to those who cannot see it: its own words for that, or else its source. */
function wordsOf(source: string): string {
  const [title, description] = ['accTitle', 'accDescr'].map(
    (word) => new RegExp(`^\\s*${word}:\\s*(.+)$`, 'm').exec(source)?.[1],
  );
  return [title, description].filter(Boolean).join('. ') || `A picture: ${source.replace(/\s+/g, ' ')}`;
}
