/** The Markdown of each page, in the order of the menu: those that are written, and those that are made of the program's tables. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MADE } from '../reference/list.ts';
import { PAGES } from './list.ts';

export const WRITTEN = fileURLToPath(new URL('../../pages/', import.meta.url));

export async function readPages(): Promise<Map<string, string>> {
  return new Map(await Promise.all(PAGES.map(async (name) => [name, await textOf(name)] as const)));
}

const textOf = async (name: string): Promise<string> =>
  (await MADE[name]?.()) ?? (await readFile(join(WRITTEN, `${name}.md`), 'utf8'));
