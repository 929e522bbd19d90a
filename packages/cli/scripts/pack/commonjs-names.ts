/**
 * Older packages that are loaded late give their names as Node gives them. Node reads such a file for what it exports; a bundler
 * hands `import()` the whole of it as `default`, and every name is missing when it is first wanted.
 */
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

const SPACE = 'commonjs-names';

export const commonjsNames: Plugin = {
  name: SPACE,
  setup(build) {
    // Names of modules are in what is made: nothing of the place may be in them, or each checkout would make other bytes.
    const root = build.initialOptions.absWorkingDir ?? process.cwd();
    build.onResolve({ filter: /^[^.#/]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      // Asked by ourselves, just below.
      if (kind !== 'dynamic-import' || pluginData === SPACE || isBuiltin(path)) return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: SPACE });
      const isOld = found.errors.length === 0 && (await isCommonjs(found.path));
      return isOld ? { path: relative(root, found.path).split(sep).join('/'), namespace: SPACE } : undefined;
    });
    build.onLoad({ filter: /^/, namespace: SPACE }, async ({ path }) => ({
      contents: await asModule(root, path),
      resolveDir: root,
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
async function asModule(root: string, path: string): Promise<string> {
  const names = Object.keys(await import(pathToFileURL(join(root, path)).href)).filter((it) =>
    /^(?!default$)[A-Za-z_$][\w$]*$/.test(it),
  );
  const own = names.map((it, at) => [`name${at}`, it] as const);
  return [
    `const all = require(${JSON.stringify(`./${path}`)});`,
    ...own.map(([here, name]) => `const ${here} = all.${name};`),
    `export { all as default, ${own.map(([here, name]) => `${here} as ${name}`).join(', ')} };`,
  ].join('\n');
}
