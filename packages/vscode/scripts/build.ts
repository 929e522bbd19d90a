/** Builds what the editor loads into `dist/`: the script, and the schemas of the files that people write. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { queueFileSchema } from './queue-file-schema.ts';

const HERE = join(import.meta.dirname, '..');
const SCHEMAS = join(HERE, '..', '..', 'schemas');
const WRITTEN_BY_PEOPLE = ['yard', 'branches', 'recipe'];

export async function buildExtension(into = join(HERE, 'dist')): Promise<void> {
  await mkdir(join(into, 'schemas'), { recursive: true });
  const { code } = await bundle();
  await writeFile(join(into, 'extension.cjs'), code);
  for (const name of WRITTEN_BY_PEOPLE.map((it) => `${it}.schema.json`))
    await copyFile(join(SCHEMAS, name), join(into, 'schemas', name));
  await writeFile(join(into, 'schemas', 'queue-file.schema.json'), `${JSON.stringify(queueFileSchema(), null, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) await buildExtension();
