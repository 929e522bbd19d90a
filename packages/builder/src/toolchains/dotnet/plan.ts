/** The commands of a .NET build: over the whole solution as its own tool does it, or over exactly the projects of a scope. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { onlyDotnetTestsFailed } from '../../reports/only-tests-failed.ts';
import { readText } from '../../workspace-files.ts';
import { type Ground, isOff, isOn, NOTHING_PLANNED, type Plan, type Scope, type Step } from '../toolchain.ts';
import { counted, ofAll, wordIn } from '../words.ts';
import { graphOf } from './graph.ts';
import { optionsOf, propertyOptions, runtimeOf, runtimeOptions } from './options.ts';
import { type DotnetProject, readSolution, type Solution } from './read-solution.ts';
import { checkFrameworks, sdkOf } from './sdk.ts';
import { SOLUTION } from './target.ts';
import { writePartialSolution, writeTraversal } from './traversal.ts';

/** What a plan is made of, found out once. */
interface Site {
  readonly ground: Ground;
  readonly solution: Solution;
  /** Null: the tool goes over all of it by itself. */
  readonly scope: Scope | null;
}

export async function planDotnet(ground: Ground): Promise<Plan> {
  const solution = await readSolution(ground);
  checkFrameworks(solution.projects, await sdkOf(ground));
  const site: Site = { ground, solution, scope: ground.scope ?? wholeScope(ground, solution) };
  const restore = await restoreSteps(site);
  const others = site.scope ? await scoped(site, site.scope) : whole(site);
  return {
    ...NOTHING_PLANNED,
    steps: { ...(restore.length > 0 ? { Restore: restore } : {}), ...others },
    collect: ['**/bin/**/*.nupkg', '**/bin/**/publish/**'],
    environment: environmentOf(ground),
    onlyTestsFailed: onlyDotnetTestsFailed,
  };
}

/** For one runtime a solution cannot be built as a whole, and what is published is not in what it lists. */
function wholeScope(ground: Ground, solution: Solution): Scope | null {
  const needsProjects = runtimeOf(ground) !== undefined && SOLUTION.test(solution.path);
  if (!needsProjects) return null;
  const graph = graphOf(solution);
  if (!graph) return null;
  const ids = graph.projects.map(({ id }) => id);
  const test = graph.projects.filter(({ isTest }) => isTest).map(({ id }) => id);
  return { graph, build: ids, test, restore: true, reuse: false };
}

async function restoreSteps({ ground, solution, scope }: Site): Promise<readonly Step[]> {
  if (scope && !scope.restore) return [];
  const wanted = new Set(scope ? [...scope.build, ...scope.test] : solution.projects.map(({ path }) => path));
  const isPart = scope !== null && wanted.size < solution.projects.length;
  if (wanted.size === 0 && scope) return [];
  const target = isPart ? await writePartialSolution(ground, [...wanted]) : solution.target;
  const locked = [...solution.files].some((path) => /(^|\/)packages\.lock\.json$/.test(path));
  const forced = ground.clean === true || isOn(ground.parameters.forceRestore);
  const projects = solution.projects.filter(({ path }) => wanted.has(path));
  const argv = [
    ...['dotnet', 'restore', target, ...propertyOptions(ground), ...runtimeOptions(ground)],
    ...(locked ? ['--locked-mode'] : []),
    ...(forced ? ['--force'] : []),
  ];
  const packages = counted(await countPackages(ground.source, projects), 'package');
  return [step(argv, `Restoring ${packages} of ${counted(projects.length, 'project')}…`)];
}

/** Where lock files say it all of them are counted, otherwise those that are named. */
async function countPackages(source: string, projects: readonly DotnetProject[]): Promise<number> {
  const texts = await Promise.all(projects.map((it) => readText(source, `${it.folder || '.'}/packages.lock.json`)));
  const ids = projects.flatMap(({ packages }, at) => [...packages, ...lockedIds(texts[at] ?? null)]);
  return new Set(ids).size;
}

const lockedIds = (text: string | null): readonly string[] =>
  [...(text ?? '').matchAll(/^\s+"([^"]+)": \{\s*"type": "(?:Direct|Transitive|CentralTransitive)"/gm)].map(
    ([, id = '']) => id.toLowerCase(),
  );

function whole({ ground, solution }: Site): Plan['steps'] {
  const { target, projects } = solution;
  const options = [...optionsOf(ground), ...runtimeOptions(ground)];
  const tests = isOff(ground.parameters.runTests) ? [] : projects.filter(({ isTest }) => isTest);
  const collects = tests.some((it) => measuresCoverage(ground, it));
  const build = ['dotnet', 'build', target, ...options, '--no-restore', ...anew(ground)];
  const test = [
    'dotnet',
    'test',
    target,
    ...options,
    '--no-build',
    '--logger',
    'trx',
    '--results-directory',
    ground.reports,
  ];
  const pack = ['dotnet', 'pack', target, ...options, '--no-build', '--output', ground.staging];
  const counts = projects.length > 0 ? counted(projects.length, 'project') : target;
  return {
    Build: [step(build, `Building ${counts}…`)],
    ...(tests.length > 0
      ? {
          Test: [
            step(
              [...test, ...filter(ground), ...(collects ? ['--collect', 'XPlat Code Coverage'] : [])],
              `Testing ${counted(tests.length, 'test project')}…`,
            ),
          ],
        }
      : {}),
    ...packaging({
      pack: isOn(ground.parameters.createPackages) ? step(pack, packing(projects)) : null,
      publish: publishes(ground, { solution, among: null }),
    }),
  };
}

async function scoped({ ground, solution }: Site, scope: Scope): Promise<Plan['steps']> {
  const { graph, build } = scope;
  const byPath = new Map(solution.projects.map((it) => [it.path, it]));
  const test = isOff(ground.parameters.runTests) ? [] : scope.test;
  const wanted = scope.pack ?? build;
  const isPacked = isOn(ground.parameters.createPackages);
  const pack = isPacked ? wanted.filter((id) => !byPath.get(id)?.isTest) : [];
  const path = await writeTraversal(ground, {
    graph,
    build,
    test: test.map((id) => ({ id, measuresCoverage: measuresCoverage(ground, byPath.get(id)) })),
    pack,
    runtime: runtimeOf(ground),
    ofRuntime: new Set(solution.projects.filter(isOfRuntime).map((it) => it.path)),
  });
  const options = optionsOf(ground);
  // Outputs of the others lie there already, or are made by the same command before.
  const only = '-p:BuildProjectReferences=false';
  const all = graph.projects.length;
  const run = (verb: string, ...more: readonly string[]) => ['dotnet', verb, path, ...options, ...more];
  return {
    ...(build.length > 0
      ? {
          Build: [
            step(
              run('build', '--no-restore', only, ...anew(ground)),
              `Building ${ofAll(build.length, all, 'project')}…`,
            ),
          ],
        }
      : {}),
    ...(test.length > 0
      ? {
          Test: [
            step(
              run('test', '--no-build', '--logger', 'trx', ...filter(ground)),
              `Testing ${counted(test.length, 'test project')}…`,
            ),
          ],
        }
      : {}),
    ...packaging({
      pack:
        pack.length > 0
          ? step(run('pack', '--no-build', '--output', ground.staging), `Packing ${counted(pack.length, 'package')}…`)
          : null,
      publish: publishes(ground, { solution, among: new Set(wanted) }),
    }),
  };
}

function packaging({ pack, publish }: { pack: Step | null; publish: readonly Step[] }): Plan['steps'] {
  const steps = [...(pack ? [pack] : []), ...publish];
  return steps.length > 0 ? { Package: steps } : {};
}

const packing = (projects: readonly DotnetProject[]): string =>
  `Packing ${counted(projects.filter(isPackable).length, 'package')}…`;

const isPackable = ({ isTest, property }: DotnetProject): boolean =>
  !isTest && property('IsPackable')?.toLowerCase() !== 'false';

/** Programs, each by itself: publishing a whole solution puts the files of all of them on top of each other. */
function publishes(
  ground: Ground,
  { solution, among }: { solution: Solution; among: ReadonlySet<string> | null },
): readonly Step[] {
  if (!isOn(ground.parameters.publish)) return [];
  const options = [...optionsOf(ground), ...runtimeOptions(ground)];
  const programs = solution.projects.filter((it) => isProgram(it) && (among === null || among.has(it.path)));
  return programs.flatMap((program) =>
    publishedFor(ground, program).map((framework) => {
      const output = join(ground.staging, 'publish', program.name, framework ?? '');
      const only = framework === null ? [] : [`-p:TargetFramework=${framework}`];
      const argv = ['dotnet', 'publish', `./${program.path}`, ...options, ...only, '--no-build', '--output', output];
      return step(argv, `Publishing ${program.name}…`);
    }),
  );
}

/** The tool publishes for one framework at a time, and wants to be told which where a project could be made for several. */
function publishedFor({ parameters }: Ground, { property }: DotnetProject): readonly (string | null)[] {
  const several = (property('TargetFrameworks') ?? '').match(/[^;\s]+/g);
  return several === null || parameters.targetFramework ? [null] : several;
}

/** As the SDK sees it: a program refers to a library without a word about the runtime, and looks for it where that lies then. */
function isOfRuntime(project: DotnetProject): boolean {
  const { isTest, property } = project;
  return isTest || isProgram(project) || /^(win)?exe$/i.test(property('OutputType') ?? '') || namesRuntimes(project);
}

const namesRuntimes = ({ property }: DotnetProject): boolean =>
  (property('RuntimeIdentifier') ?? property('RuntimeIdentifiers') ?? '') !== '';

function isProgram({ isTest, property, texts }: DotnetProject): boolean {
  if (isTest || property('IsPublishable')?.toLowerCase() === 'false') return false;
  const isApplication = texts.some(({ sdk }) => /^Microsoft\.NET\.Sdk\.(Web|Worker|BlazorWebAssembly)$/i.test(sdk));
  return isApplication || /^(win)?exe$/i.test(property('OutputType') ?? '');
}

function measuresCoverage({ parameters }: Ground, project: DotnetProject | undefined): boolean {
  return !isOff(parameters.coverage) && project?.packages.has('coverlet.collector') === true;
}

function filter({ parameters }: Ground): readonly string[] {
  const words = wordIn(parameters, 'testFilter', /^[^-\s][^\n\r]{0,999}$/);
  return words === undefined ? [] : ['--filter', words];
}

const anew = ({ clean }: Ground): readonly string[] => (clean ? ['--no-incremental'] : []);

const step = (argv: readonly string[], progress: string): Step => ({ argv, progress });

function environmentOf({ source }: Ground): Readonly<Record<string, string>> {
  return {
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
    // A server that outlives its command is killed with it, and the next command would look for it.
    DOTNET_CLI_USE_MSBUILD_SERVER: '0',
    MSBUILDDISABLENODEREUSE: '1',
    // The compiler's server lives as long as one command, and makes 50 projects four times as fast. Its pipe has a name of
    // its own, since by the usual one it would be found by other builds of the same user.
    UseSharedCompilation: 'true',
    SharedCompilationId: `gityard-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`,
    // Its socket lies in TMPDIR, whose path in a workspace is longer than a socket's name may be.
    DOTNET_EnableDiagnostics_IPC: '0',
    // MSBuild takes these as properties: where a workspace lies is no part of what is made in it.
    ContinuousIntegrationBuild: 'true',
    PathMap: `${source.replaceAll(/[,=]/g, '$&$&')}/=/_/`,
  };
}
