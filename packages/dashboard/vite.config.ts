/** Builds the page into `docs/`, which GitHub Pages and the daemon serve alike. Only what this build makes is cleared there. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { budgets } from './build/budgets.ts';
import { cssWhitespace } from './build/css-whitespace.ts';
import { early } from './build/early.ts';
import { firstLoad, firstWorker } from './build/first-load.ts';
import { insideTo } from './build/inside.ts';
import { precache, SERVICE_WORKER } from './build/precache.ts';
import { schemasAsData } from './build/schemas-as-data.ts';

/** Not `emptyOutDir`: people keep files of their own in docs/. */
const clearAssets: Plugin = {
  name: 'clear-assets',
  apply: 'build',
  async buildStart() {
    const { root, build } = this.environment.config;
    await rm(join(root, build.outDir, build.assetsDir), { recursive: true, force: true });
  },
};

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** No property here does anything when it is read, so that a schema made of others goes with whoever does not use it. */
const treeshake = { propertyReadSideEffects: false } as const;

const inside = insideTo(here('dist/inside.json'));

export default defineConfig({
  root: here('.'),
  // Pages serve a project below a path, the daemon at the root.
  base: './',
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  plugins: [schemasAsData(), cssWhitespace(), clearAssets, early, precache, budgets, inside.page],
  worker: {
    format: 'es',
    plugins: () => [schemasAsData(), inside.worker],
    rolldownOptions: { treeshake, output: { codeSplitting: firstWorker } },
  },
  build: {
    outDir: '../../docs',
    emptyOutDir: false,
    target: 'es2022',
    // A list of what each page imports would be in the first load, and longer than what it saves: the frame has most of it.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    rolldownOptions: {
      treeshake,
      input: { index: here('index.html'), 'service-worker': here('src/service-worker/service-worker.ts') },
      // Beside the page: a service worker has power over its own folder and what lies below.
      output: {
        codeSplitting: firstLoad,
        entryFileNames: ({ name }) => (name === 'service-worker' ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
      },
    },
  },
});
