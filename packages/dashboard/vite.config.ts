/** Builds the page into `docs/`, which GitHub Pages and the daemon serve alike. Only what this build makes is cleared there. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { budgets } from './build/budgets.ts';

/** Not `emptyOutDir`: people keep files of their own in docs/. */
const clearAssets: Plugin = {
  name: 'clear-assets',
  apply: 'build',
  async buildStart() {
    const { root, build } = this.environment.config;
    await rm(join(root, build.outDir, build.assetsDir), { recursive: true, force: true });
  },
};

/** Nothing is painted before the chosen theme is known. The bundler drops the attribute, so it is put back. */
const paintOnce: Plugin = {
  name: 'paint-once',
  transformIndexHtml: {
    order: 'post',
    handler: (page) => page.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Pages serve a project below a path, the daemon at the root.
  base: './',
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  plugins: [clearAssets, paintOnce, budgets],
  worker: { format: 'es' },
  build: { outDir: '../../docs', emptyOutDir: false, target: 'es2022', modulePreload: { polyfill: false } },
});
