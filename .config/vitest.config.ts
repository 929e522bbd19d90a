import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Specs run on the sources (the "source" condition of each package.json), so that no
// build is needed to see one fail. Specs that start real programs use the built ones.
const sources = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
};

// They put the process that they run in into groups and cells of its own.
const ALONE = ['packages/builder/src/{sandbox,process}/**/*.test.ts'];

// Bounds are for what never comes true. A machine with much else to do is slow, and no spec should fail for it.
const patience = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 180_000 } } };

/**
 * A worker grows to half a gigabyte, and each program that it starts begins as a copy of its page tables, which was a fifth of
 * the kernel's time: huge pages make them short. For glibc; elsewhere nobody reads it.
 */
const env = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };

/** More than half a minute each, most of it spent in programs that they start. */
const LONG =
  /(?:real-(?:scopes|builds|cron|systemd)|stories|http-worlds|in-a-browser|coordination|ssh-transport|up|task|example|simulate|scarce-pushes|remote-trouble|run-agent|lost-agents|relay|queue-rules|distributed|claim-storm|chaos|prometheus|accessible|states|refresh|live-yard|hostile|fuzz|package|update)\.test\.ts$/;

/** What takes long begins first, so that the workers end together. A worker lives on while specs of its project follow. */
class LongFirst extends BaseSequencer {
  override async sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) =>
      project.name === 'alone' ? 0 : LONG.test(moduleId) ? 1 : 2;
    return (await super.sort(specs)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    pool: 'forks',
    // Specs wait for programs and browsers about half of their time: more workers than cores.
    maxWorkers: 5,
    reporters: ['default'],
    sequence: { sequencer: LongFirst },
    projects: [
      { ...sources, test: { name: 'alone', include: ALONE, env, ...patience } },
      // To begin a process and load the sources costs more than most specs do.
      {
        ...sources,
        test: {
          name: 'together',
          include: ['packages/*/{src,scripts}/**/*.test.ts'],
          exclude: ALONE,
          isolate: false,
          env,
          ...patience,
        },
      },
    ],
  },
});
