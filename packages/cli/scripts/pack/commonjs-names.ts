/**
 * Older packages that are loaded late give their names as Node gives them. Node reads such a file for what it exports; a bundler
 * hands `import()` the whole of it as `default`, and every name is missing when it is first wanted.
 */
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

const SPACE = 'commonjs-names';

export const commonjsNames: Plugin = {
  name: SPACE,
  setup(build) {
    build.onResolve({ filter: /^[^.#/]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      // Asked by ourselves, just below.
      if (kind !== 'dynamic-import' || pluginData === SPACE || isBuiltin(path)) return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: SPACE });
      const isOld = found.errors.length === 0 && (await isCommonjs(found.path));
      return isOld ? { path: found.path, namespace: SPACE } : undefined;
    });
    build.onLoad({ filter: /^/, namespace: SPACE }, async ({ path }) => ({
      contents: await asModule(path),
      resolveDir: dirname(path),
    }));
  },
};

async function isCommonjs(file: string): Promise<boolean> {
  if (extname(file) !== '.js') return extname(file) === '.cjs';
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as { type?: string }).type !== 'module';
    if (folder === dirname(folder)) return true;
  }
}

/** Which names there are, Node itself says. */
async function asModule(file: string): Promise<string> {
  const names = Object.keys(await import(pathToFileURL(file).href)).filter((it) =>
    /^(?!default$)[A-Za-z_$][\w$]*$/.test(it),
  );
  const own = names.map((it, at) => [`name${at}`, it] as const);
  return [
    `const all = require(${JSON.stringify(file)});`,
    ...own.map(([here, name]) => `const ${here} = all.${name};`),
    `export { all as default, ${own.map(([here, name]) => `${here} as ${name}`).join(', ')} };`,
  ].join('\n');
}
