import { defineConfig } from 'vitest/config';

// Specs run on the sources (the "source" condition of each package.json), so that no
// build is needed to see one fail. Specs that start real programs use the built ones.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts'],
    pool: 'forks',
    // Specs wait for programs and browsers about half of their time: more workers than cores.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
});
