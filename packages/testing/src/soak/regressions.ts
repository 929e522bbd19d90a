/** Seeds that once found something. They run for ever. */
import { readFile } from 'node:fs/promises';

export interface Regression {
  readonly seed: number;
  readonly found: string;
}

export async function regressions(): Promise<readonly Regression[]> {
  const text = await readFile(new URL('../../regressions.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { seeds: Regression[] }).seeds;
}
