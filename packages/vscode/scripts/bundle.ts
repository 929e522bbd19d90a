/** Makes the one script that the editor loads, out of the sources: it brings all that it needs but the editor itself. */
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** An editor loads it whenever a folder with a yard.json is opened. */
const MOST_BYTES = 1_400 * 1024;

const OPTIONS = {
  entryPoints: [fileURLToPath(new URL('../src/extension.ts', import.meta.url))],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  conditions: ['source'],
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  write: false,
  metafile: true,
} satisfies BuildOptions;

/** Throws where it has grown too large: then something came in that belongs to a server. */
export async function bundle(): Promise<{ readonly code: Uint8Array; readonly inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build(OPTIONS);
  const [file] = outputFiles;
  if (!file || file.contents.length > MOST_BYTES)
    throw new Error(`the extension has ${file?.contents.length} bytes, and may have ${MOST_BYTES}`);
  return { code: file.contents, inputs: Object.keys(metafile.inputs) };
}
