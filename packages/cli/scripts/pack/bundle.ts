/**
 * The program as few plain files: with all it needs of others inside, and what it loads late still loaded late. Made from the
 * sources, so that no build can be stale. Names stay readable, since people send traces of errors.
 */
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { commonjsNames } from './commonjs-names.ts';

/** Everything that a process or a thread begins with. Beside each other: a thread is looked for beside who starts it. */
export const ENTRIES: Readonly<Record<string, string>> = {
  main: 'packages/cli/src/main.ts',
  'heartbeat-worker': 'packages/agent/src/loops/heartbeat-worker.ts',
  'parse-worker': 'packages/builder/src/reports/parse-worker.ts',
};
const CLIENT = { client: 'packages/api/src/client.ts' };

const COMMON = {
  bundle: true,
  format: 'esm',
  conditions: ['source'],
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
} as const satisfies BuildOptions;

/** What older packages take for given. */
const OF_COMMONJS = `import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;`;

/** The files that were read for it, from the top of the checkout. */
export async function bundle(root: string, folder: string): Promise<readonly string[]> {
  const place = { absWorkingDir: root, outdir: join(folder, 'dist') };
  const made = await Promise.all([
    build({
      ...COMMON,
      ...place,
      entryPoints: { ...ENTRIES },
      plugins: [commonjsNames],
      platform: 'node',
      target: 'node20',
      splitting: true,
      chunkNames: '[name]-[hash]',
      banner: { js: OF_COMMONJS },
    }),
    // Programs of others call the API by it, pages among them: it knows no Node.
    build({ ...COMMON, ...place, entryPoints: CLIENT, platform: 'neutral', target: 'es2022' }),
  ]);
  const read = made.flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  );
  return read.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 && isFile(path) ? [path] : []));
}

/** A plugin's own modules are named with its space before them. */
const isFile = (path: string): boolean => !path.includes(':');
