import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { whyMissing } from './specs/programs.ts';
import { temporaryFolder } from './specs/world.ts';

const built = new URL('../dist/', import.meta.url).href;
const LIMIT_BYTES = 100_000;
const missing = whyMissing(['prlimit']);

/** With a limit on the size of files the system cuts the last write short, as a disk does that is nearly full. */
function underLimit(script: string): string {
  const program = [process.execPath, '--input-type=module', '--eval', script];
  return execFileSync('prlimit', [`--fsize=${LIMIT_BYTES}`, ...program], { encoding: 'utf8' }).trim();
}

it.skipIf(missing)(
  `a copy that did not become whole is an error, however little of it is missing${missing ? `: ${missing}` : ''}`,
  () => {
    const folder = temporaryFolder();
    const [source, target] = [join(folder, 'source'), join(folder, 'target')];
    writeFileSync(source, '');
    truncateSync(source, LIMIT_BYTES + 1);

    const said = underLimit(
      `import { open } from 'node:fs/promises';
      const { copyAndHash } = await import('${built}artifacts/copy-and-hash.js');
      const source = await open('${source}');
      await copyAndHash(source, '${target}').then(() => console.log('whole'), ({ code }) => console.log(code));
      await source.close();`,
    );

    expect(said).toBe('EFBIG');
    expect(readFileSync(`${target}.part`)).toHaveLength(LIMIT_BYTES);
  },
);
