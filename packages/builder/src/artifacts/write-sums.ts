/** Puts `SHA256SUMS` beside the files that it lists: whole, or not at all. */
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ownPart, SUMS, type Sum, sumsText } from './sums.ts';

export async function writeSums(folder: string, sums: readonly Sum[]): Promise<string> {
  const path = join(folder, SUMS);
  const part = join(folder, ownPart(SUMS, process.pid));
  const file = await open(part, 'wx');
  try {
    await file.writeFile(sumsText(sums));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  return path;
}
