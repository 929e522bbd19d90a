/** Makefiles: the default goal builds, `make test` tests where there is such a target. */
import { type Ground, isOff, NOTHING_PLANNED, type Step, type ToolchainRules } from './toolchain.ts';

const NAMES = ['GNUmakefile', 'Makefile', 'makefile'];

export const make: ToolchainRules = {
  name: 'make',
  decidesItself: true,
  recognises: (names) => NAMES.some((name) => names.includes(name)),
  async plan(ground) {
    const build: Step = { argv: ['make'], progress: 'Building with make…' };
    const test: Step = { argv: ['make', 'test'], progress: 'Testing with make…' };
    const steps = (await hasTests(ground)) ? { Build: [build], Test: [test] } : { Build: [build] };
    return { ...NOTHING_PLANNED, steps };
  },
};

async function hasTests({ parameters, probe }: Ground): Promise<boolean> {
  if (isOff(parameters.runTests)) return false;
  const { exitCode, output } = await probe(['make', '-n', 'test']);
  // A folder named "test" satisfies make without any rule for it.
  return exitCode === 0 && !/nothing to be done for [`']test'/i.test(output);
}
