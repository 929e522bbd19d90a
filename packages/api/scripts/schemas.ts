/**
 * A part of `npm run schemas`: writes openapi.json, the description of the whole API, and the types of its client. With --check
 * it writes nothing and fails when what is there is stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { wholeDescription } from '../src/openapi/whole-description.ts';
import { clientTypes, type Description } from './client-types.ts';

const description = await wholeDescription();
const made = {
  'openapi.json': `${JSON.stringify(description, null, 2)}\n`,
  'src/client/generated.ts': clientTypes(description as Description),
};
const checking = process.argv.includes('--check');
for (const [path, content] of Object.entries(made)) {
  const file = new URL(`../${path}`, import.meta.url);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before === content) continue;
  if (checking) {
    process.stderr.write(`stale: packages/api/${path}. Run: npm run schemas\n`);
    process.exitCode = 1;
  } else await writeFile(file, content);
}
