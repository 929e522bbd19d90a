/** Makefiles: the default goal builds, `make test` tests where there is such a target; as many things at once as it may use. */
import { askVersion } from './tool-version.ts';
import { type Ground, isOff, NOTHING_PLANNED, type Step, type ToolchainRules } from './toolchain.ts';
import { wordIn } from './words.ts';

const NAMES = ['GNUmakefile', 'Makefile', 'makefile'];

export const make: ToolchainRules = {
  name: 'make',
  decidesItself: true,
  recognises: (names) => NAMES.some((name) => names.includes(name)),
  async plan(ground) {
    const argv = ['make', ...parallel(ground)];
    const build: Step = { argv, progress: 'Building with make…' };
    const test: Step = { argv: [...argv, 'test'], progress: 'Testing with make…' };
    const steps = (await hasTests(ground)) ? { Build: [build], Test: [test] } : { Build: [build] };
    return { ...NOTHING_PLANNED, steps };
  },
  async inputs({ probe }) {
    const tool = await askVersion(probe, ['make', '--version']);
    const compiler = await askVersion(probe, ['cc', '--version']);
    return { make: firstLine(tool), compiler: firstLine(compiler) };
  },
};

/** The job's word, else the cores that are reserved for it; not every Makefile stands more than one thing at once. */
function parallel({ parameters, cores = 0 }: Ground): readonly string[] {
  const jobs = Number(wordIn(parameters, 'jobs', /^[1-9]\d{0,2}$/) ?? Math.floor(cores));
  return jobs > 1 ? [`-j${jobs}`] : [];
}

const firstLine = (output: string): string => output.split('\n')[0]?.trim() ?? '';

async function hasTests({ parameters, probe }: Ground): Promise<boolean> {
  if (isOff(parameters.runTests)) return false;
  const { exitCode, output } = await probe(['make', '-n', 'test']);
  // A folder named "test" satisfies make without any rule for it.
  return exitCode === 0 && !/nothing to be done for [`']test'/i.test(output);
}
