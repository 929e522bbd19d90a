/** The Markdown of each page, in the order of the menu: those that are written, and those that are made of the program's tables. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MADE } from '../reference/list.ts';
import { PAGES } from './list.ts';

export const WRITTEN = fileURLToPath(new URL('../../pages/', import.meta.url));

/** A page that is not written yet is left out, and so are the links to it. */
export async function readPages(): Promise<Map<string, string>> {
  const texts = await Promise.all(PAGES.map(async (name) => [name, await textOf(name)] as const));
  return new Map(texts.filter((it): it is readonly [string, string] => it[1] !== undefined));
}

async function textOf(name: string): Promise<string | undefined> {
  const make = MADE[name];
  if (make) return await make();
  return await readFile(join(WRITTEN, `${name}.md`), 'utf8').catch(() => undefined);
}
