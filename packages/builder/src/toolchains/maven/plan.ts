/**
 * The commands of a Maven build. Maven finds a module of the same build only where that takes part in it, so a build of some
 * modules names what they need as well: nothing is compiled of those that lie there already, and their tests are left out.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProjectGraph, withNeeds } from '../../graph/project-graph.ts';
import { onlyMavenTestsFailed } from '../../reports/only-tests-failed.ts';
import { walk } from '../../workspace-files.ts';
import { type Ground, isOff, isOn, NOTHING_PLANNED, type Plan, type Scope, type Step } from '../toolchain.ts';
import { counted, ofAll, propertiesIn } from '../words.ts';
import { testsIn } from './graph.ts';
import { type Module, readModules } from './modules.ts';

const REPORTS = {
  tests: ['**/target/surefire-reports/TEST-*.xml', '**/target/failsafe-reports/TEST-*.xml'],
  coverage: ['**/target/site/jacoco/jacoco.xml'],
};

interface Site {
  readonly ground: Ground;
  readonly modules: readonly Module[];
  readonly files: ReadonlySet<string>;
}

export async function planMaven(ground: Ground): Promise<Plan> {
  const [modules, paths] = await Promise.all([readModules(ground.source), walk(ground.source)]);
  const site: Site = { ground, modules, files: new Set(paths) };
  const steps = ground.scope ? await scoped(site, ground.scope) : whole(site);
  return {
    ...NOTHING_PLANNED,
    steps: { ...restoring(site), ...steps },
    collect: ['target/*.jar', 'target/*.war', '**/target/*.jar', '**/target/*.war'],
    reports: REPORTS,
    onlyTestsFailed: onlyMavenTestsFailed,
  };
}

function optionsOf({ home, parameters }: Pick<Ground, 'home' | 'parameters'>): readonly string[] {
  return [
    '-B',
    '-ntp',
    // Java takes the user's home from the account and not from HOME, so the cache has to be named.
    `-Dmaven.repo.local=${join(home, '.m2', 'repository')}`,
    ...propertiesIn(parameters).map(([name, value]) => `-D${name}=${value}`),
    ...(isOn(parameters.offline) ? ['-o'] : []),
  ];
}

/**
 * There is no command that fetches all that a build will need: what runs the tests is chosen and fetched when they run. So the
 * build itself is gone through once with one test of each module, whatever becomes of it, and then again by its stages.
 */
function restoring({ ground, modules, files }: Site): Plan['steps'] {
  const { parameters, scope } = ground;
  if (isOn(parameters.offline) || scope?.restore === false) return {};
  const classes = isOff(parameters.runTests) ? [] : modules.flatMap(({ folder }) => oneTest(folder, files));
  const tests =
    classes.length === 0
      ? ['-DskipTests']
      : [`-Dtest=${classes.join(',')}`, '-DfailIfNoTests=false', '-Dsurefire.failIfNoSpecifiedTests=false'];
  const argv = ['mvn', ...optionsOf(ground), '--fail-never', 'package', ...tests];
  return {
    Restore: [
      {
        argv,
        progress: `Restoring what ${counted(Math.max(1, modules.length), 'module')} need…`.replace(
          '1 module need',
          '1 module needs',
        ),
      },
    ],
  };
}

function oneTest(folder: string, files: ReadonlySet<string>): readonly string[] {
  const names = testsIn(folder, files).flatMap((it) => /([A-Za-z_]\w*)\.\w+$/.exec(it)?.[1] ?? []);
  return names.filter((it) => /^Test|Tests?$|TestCase$/.test(it)).slice(0, 1);
}

function whole({ ground, modules }: Site): Plan['steps'] {
  const all = counted(Math.max(1, modules.length), 'module');
  const run = (...goals: readonly string[]) => ['mvn', ...optionsOf(ground), ...goals];
  return {
    Build: [step(run('test-compile'), `Compiling ${all}…`)],
    ...(isOff(ground.parameters.runTests) ? {} : { Test: [step(run('test'), `Testing ${all}…`)] }),
    Package: [step(run('package', '-DskipTests'), `Packaging ${all}…`)],
  };
}

async function scoped({ ground, files }: Site, scope: Scope): Promise<Plan['steps']> {
  const { graph, build } = scope;
  const test = isOff(ground.parameters.runTests) ? [] : scope.test;
  const pack = scope.pack ?? build;
  const ofEvery = (ids: readonly string[]) => ofAll(ids.length, graph.projects.length, 'module');
  const run = (ids: readonly string[], ...goals: readonly string[]) => [
    ...['mvn', ...optionsOf(ground), '-pl', namesOf(graph, ids), ...goals],
  ];
  const excludes = test.length === 0 ? '' : await writeExcludes(ground, { graph, test, files });
  return {
    ...(build.length > 0 ? { Build: [step(run(build, 'test-compile'), `Compiling ${ofEvery(build)}…`)] } : {}),
    ...(test.length > 0
      ? { Test: [step(run(test, 'test', `-Dsurefire.excludesFile=${excludes}`), `Testing ${ofEvery(test)}…`)] }
      : {}),
    ...(pack.length > 0 ? { Package: [step(run(pack, 'package', '-DskipTests'), `Packaging ${ofEvery(pack)}…`)] } : {}),
  };
}

const namesOf = (graph: ProjectGraph, ids: readonly string[]): string =>
  withNeeds(graph, new Set(ids))
    .map(({ id }) => id)
    .join(',');

interface Excluded {
  readonly graph: ProjectGraph;
  readonly test: readonly string[];
  readonly files: ReadonlySet<string>;
}

/** A class that a tested module has as well stays: better tested once too often. */
async function writeExcludes({ reports }: Ground, { graph, test, files }: Excluded): Promise<string> {
  const tested = new Set(test.flatMap((folder) => testsIn(folder, files)));
  const others = withNeeds(graph, new Set(test)).filter(({ id }) => !test.includes(id));
  const left = others.flatMap(({ folder }) => testsIn(folder, files)).filter((it) => !tested.has(it));
  const path = join(reports, 'gityard.excludes');
  await mkdir(reports, { recursive: true });
  await rm(path, { recursive: true, force: true });
  // Classes within classes are never tests by themselves; Surefire says so only while nobody else excludes anything.
  await writeFile(path, ['**/*$*', ...new Set(left), ''].join('\n'), { flag: 'wx' });
  return path;
}

const step = (argv: readonly string[], progress: string): Step => ({ argv, progress });
