/** The version of the program, from its package. */
import { readFile } from 'node:fs/promises';
import { MANIFEST } from './place.ts';

export async function programVersion(): Promise<string> {
  const text = await readFile(MANIFEST, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
