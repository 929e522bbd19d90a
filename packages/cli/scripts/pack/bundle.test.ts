import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { temporaryFolder } from '@gityard/testing';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ENTRIES } from './bundle.ts';
import { commonjsNames } from './commonjs-names.ts';

const PACKAGES = fileURLToPath(new URL('../../../', import.meta.url));
const SHIPPED = [
  'agent',
  'api',
  'builder',
  'cli',
  'domain',
  'gitserver',
  'importer',
  'monitor',
  'store',
  'telemetry',
  'yard',
];

/** What the sources of the program say, from the top of `packages`; specs and what is for them left out. */
async function sources(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of SHIPPED) {
    const files = await readdir(join(PACKAGES, name, 'src'), { recursive: true });
    for (const file of files.filter((it) => it.endsWith('.ts') && !/\.(?:test|fixture)\.ts$|^specs?\//.test(it)))
      found.set(`${name}/src/${file}`, await readFile(join(PACKAGES, name, 'src', file), 'utf8'));
  }
  return found;
}

describe('bundle', () => {
  it('has a file for every thread that the program starts', async () => {
    const starting = [...(await sources())].filter(([, text]) => text.includes('new Worker('));
    const named = starting.map(([file, text]) => [file, /'\.\/([\w-]+)\.js'/.exec(text)?.[1]]);

    expect(named.length).toBeGreaterThan(1);
    expect(named.filter(([, name]) => !Object.keys(ENTRIES).includes(name ?? ''))).toEqual([]);
  });

  // A file that lies beside one source lies beside another when all of them are few.
  it('holds no source that looks for files by itself, but where threads begin and where the program knows its place', async () => {
    const looking = [...(await sources())].filter(([, text]) =>
      /import\.meta\.(?:url|dirname|filename|resolve)/.test(text),
    );

    expect(looking.map(([file]) => file)).toEqual([
      'agent/src/loops/heartbeat.ts',
      'builder/src/reports/parse-safely.ts',
      'cli/src/place.ts',
    ]);
  });

  it.each(['proper-lockfile', 'prom-client', 'yaml', 'age-encryption'])(
    'gives of %s, loaded late, the names that Node gives, wherever the checkout is',
    async (name) => {
      const { path, remove } = await temporaryFolder();
      onTestFinished(remove);
      const outfile = join(path, 'made.mjs');
      const contents = `export const names = Object.keys(await import('${name}'));`;
      const { metafile } = await build({
        stdin: { contents, resolveDir: PACKAGES },
        outfile,
        metafile: true,
        bundle: true,
        format: 'esm',
        platform: 'node',
        logLevel: 'silent',
        plugins: [commonjsNames],
        banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
      });

      const { names } = (await import(pathToFileURL(outfile).href)) as { names: string[] };

      const inNode = Object.keys((await import(name)) as object).filter((it) => it !== 'module.exports');
      expect(names.sort()).toEqual(inNode.sort());
      // Names of what went in are in the names of what comes out.
      expect(Object.keys(metafile.inputs).filter((it) => /(?:^|:)\//.test(it))).toEqual([]);
    },
  );
});
