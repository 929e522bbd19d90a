/**
 * Maven projects. Maven resolves what it needs in every phase, so there is no Restore of its own; settings with
 * mirrors and passwords come from the agent's user, downloaded artifacts go to the builds' home.
 */
import { join } from 'node:path';
import { junitTotals } from '../reports/junit-totals.ts';
import { sumTotals } from '../reports/sum-totals.ts';
import { readText, walk } from '../workspace-files.ts';
import { type Ground, isOff, isOn, NOTHING_PLANNED, type Step, type ToolchainRules } from './toolchain.ts';

const REPORT = /(^|\/)target\/(surefire|failsafe)-reports\/TEST-[^/]*\.xml$/;

export const maven: ToolchainRules = {
  name: 'maven',
  recognises: (names) => names.includes('pom.xml'),
  async plan(ground) {
    const run = (...goals: string[]): string[] => ['mvn', ...options(ground), ...goals];
    const tests: Step = { argv: run('test'), progress: 'Testing with Maven…' };
    return {
      ...NOTHING_PLANNED,
      steps: {
        Build: [{ argv: run('test-compile'), progress: 'Compiling with Maven…' }],
        ...(isOff(ground.parameters.runTests) ? {} : { Test: [tests] }),
        Package: [{ argv: run('package', '-DskipTests'), progress: 'Packaging with Maven…' }],
      },
      collect: ['target/*.jar', 'target/*.war', '**/target/*.jar', '**/target/*.war'],
      readTests: () => readTests(ground.source),
    };
  },
};

function options({ home, parameters }: Ground): string[] {
  // Java takes the user's home from the account and not from HOME, so the cache has to be named.
  const options = ['-B', '-ntp', `-Dmaven.repo.local=${join(home, '.m2', 'repository')}`];
  return isOn(parameters.offline) ? [...options, '-o'] : options;
}

async function readTests(source: string) {
  const paths = (await walk(source)).filter((path) => REPORT.test(path));
  return sumTotals(await Promise.all(paths.map(async (path) => junitTotals((await readText(source, path)) ?? ''))));
}
