/** The folder of the package that this program runs from: beside its sources, its built files, or all of it in one bundle. */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export async function packageFolder(from = dirname(fileURLToPath(import.meta.url))): Promise<string> {
  const found = await stat(join(from, 'package.json')).catch(() => undefined);
  if (found?.isFile()) return from;
  const above = dirname(from);
  if (above === from) throw new Error('there is no package.json above this program');
  return packageFolder(above);
}
