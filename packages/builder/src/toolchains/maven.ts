/**
 * Maven projects. Maven resolves what it needs in every phase, so there is no Restore of its own; settings with
 * mirrors and passwords come from the agent's user, downloaded artifacts go to the builds' home.
 */
import { join } from 'node:path';
import { onlyMavenTestsFailed } from '../reports/only-tests-failed.ts';
import { type Ground, isOff, isOn, NOTHING_PLANNED, type Step, type ToolchainRules } from './toolchain.ts';

const REPORTS = {
  tests: ['**/target/surefire-reports/TEST-*.xml', '**/target/failsafe-reports/TEST-*.xml'],
  coverage: ['**/target/site/jacoco/jacoco.xml'],
};

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
      reports: REPORTS,
      onlyTestsFailed: onlyMavenTestsFailed,
    };
  },
};

function options({ home, parameters }: Ground): string[] {
  // Java takes the user's home from the account and not from HOME, so the cache has to be named.
  const options = ['-B', '-ntp', `-Dmaven.repo.local=${join(home, '.m2', 'repository')}`];
  return isOn(parameters.offline) ? [...options, '-o'] : options;
}
