/** Builds the guide into `docs/guide/`, beside the page of the yard. What was there before goes. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGuide } from './site/build-guide.ts';

const OUT = process.argv[2] ?? fileURLToPath(new URL('../../../docs/guide/', import.meta.url));

const files = await buildGuide();
await rm(OUT, { recursive: true, force: true });
for (const [path, content] of files) {
  await mkdir(dirname(join(OUT, path)), { recursive: true });
  await writeFile(join(OUT, path), content);
}
