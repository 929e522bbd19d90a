/** The commands of a Node build: the scripts at the top, or those of exactly the workspaces that are wanted, in their order. */
import { join } from 'node:path';
import { wavesOf } from '../../graph/project-graph.ts';
import { onlyScriptTestsFailed } from '../../reports/only-tests-failed.ts';
import { readText } from '../../workspace-files.ts';
import { type Ground, isOff, NOTHING_PLANNED, type Plan, type Scope, type Step } from '../toolchain.ts';
import { counted, ofAll } from '../words.ts';
import { graphOf } from './graph.ts';
import { type Manager, managerOf } from './manager.ts';
import { type PackageFile, scriptOf } from './package-file.ts';
import { type Packages, readPackages } from './workspaces.ts';

interface Site {
  readonly ground: Ground;
  readonly packages: Packages;
  readonly manager: Manager;
  readonly lock: Lock | null;
}

interface Lock {
  readonly name: string;
  readonly text: string;
}

const LOCK_FILES = ['npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

export async function planNpm(ground: Ground): Promise<Plan> {
  const packages = await readPackages(ground.source);
  const lock = await lockOf(ground);
  const manager = managerOf({ root: packages.root, names: ground.names, ...(lock && { lock: lock.text }) });
  const site: Site = { ground, packages, manager, lock };
  const { builds, tests, packs } = partsOf(site);
  const restore = ground.scope?.restore === false ? [] : [restoreStep(site)];
  return {
    ...NOTHING_PLANNED,
    steps: {
      ...(restore.length > 0 ? { Restore: restore } : {}),
      ...(builds.length > 0 ? { Build: builds } : {}),
      ...(tests.length > 0
        ? { Test: stepsFor(site, { script: 'test', packages: tests, progress: testing(tests) }) }
        : {}),
      ...(packs.length > 0 ? { Package: packSteps(site, packs) } : {}),
    },
    environment: {
      NPM_CONFIG_CACHE: join(ground.home, '.npm'),
      NPM_CONFIG_UPDATE_NOTIFIER: 'false',
      ...manager.environment(ground.home),
    },
    onlyTestsFailed: (end) =>
      tests.every((it) => it.scripts.posttest === undefined && onlyScriptTestsFailed(scriptOf(it, 'test') ?? '', end)),
  };
}

interface Parts {
  readonly builds: readonly Step[];
  readonly tests: readonly PackageFile[];
  readonly packs: readonly PackageFile[];
}

function partsOf(site: Site): Parts {
  const { ground, packages } = site;
  const scope = ground.scope ?? wholeScope(site);
  const isTested = !isOff(ground.parameters.runTests);
  if (!scope) return atTheTop(site, isTested);
  const byFolder = new Map(packages.workspaces.map((it) => [it.folder, it]));
  const filesOf = (ids: readonly string[]) => ids.flatMap((id) => byFolder.get(id) ?? []);
  return {
    builds: buildSteps(site, scope),
    tests: isTested ? filesOf(scope.test).filter((it) => scriptOf(it, 'test') !== undefined) : [],
    packs: filesOf(scope.pack ?? scope.build).filter((it) => it.isPublishable),
  };
}

/** Without scripts at the top, those of the workspaces are run; npm itself would not care for their order. */
function wholeScope({ ground, packages }: Site): Scope | null {
  const { root } = packages;
  if (scriptOf(root, 'build') !== undefined || scriptOf(root, 'test') !== undefined) return null;
  const graph = graphOf(packages, ground.names);
  if (!graph) return null;
  const ids = graph.projects.map(({ id }) => id);
  return { graph, build: ids, test: ids, restore: true, reuse: false };
}

function atTheTop(site: Site, isTested: boolean): Parts {
  const { root, workspaces } = site.packages;
  const build = {
    script: 'build',
    packages: [root],
    progress: `Building with ${site.manager.name} run build…`,
  } as const;
  return {
    builds: scriptOf(root, 'build') === undefined ? [] : stepsFor(site, build),
    tests: isTested && scriptOf(root, 'test') !== undefined ? [root] : [],
    packs: [root, ...workspaces].filter((it) => it.isPublishable),
  };
}

function buildSteps(site: Site, { graph, build }: Scope): readonly Step[] {
  const byFolder = new Map(site.packages.workspaces.map((it) => [it.folder, it]));
  const wanted = new Set(build);
  const progress = `Building ${ofAll(build.length, graph.projects.length, 'package')}…`;
  const waves = wavesOf({ projects: graph.projects.filter(({ id }) => wanted.has(id)), shared: [] });
  return waves.flatMap((wave) => {
    const packages = wave
      .flatMap(({ id }) => byFolder.get(id) ?? [])
      .filter((it) => scriptOf(it, 'build') !== undefined);
    return packages.length === 0 ? [] : stepsFor(site, { script: 'build', packages, progress });
  });
}

interface Scripts {
  readonly script: 'build' | 'test';
  readonly packages: readonly PackageFile[];
  readonly progress: string;
}

function stepsFor({ manager }: Site, { script, packages, progress }: Scripts): readonly Step[] {
  const workspaces = packages.filter(({ folder }) => folder !== '');
  return manager.run(script, workspaces).map((argv) => ({ argv, progress }));
}

const testing = (packages: readonly PackageFile[]): string => `Testing ${counted(packages.length, 'package')}…`;

async function lockOf({ source, names }: Ground): Promise<Lock | null> {
  const name = LOCK_FILES.find((it) => names.includes(it));
  return name === undefined ? null : { name, text: (await readText(source, name)) ?? '' };
}

function restoreStep({ manager, lock }: Site): Step {
  if (!lock) return { argv: manager.install, progress: 'Restoring packages without a lock file…' };
  return { argv: manager.install, progress: `Restoring ${counted(countPackages(lock), 'package')}…` };
}

/** Only for the progress line; a lock file that we cannot read is the manager's to complain about. */
function countPackages({ name, text }: Lock): number {
  const isPackage = /\.json$/.test(name)
    ? /^\s+"(?:[^"]*\/)?node_modules\/[^"]+": \{$/gm
    : name === 'yarn.lock'
      ? /^"?@?[^\s"#][^"\n]*@[^\n]*:$/gm
      : /^ {2}'?\/?@?[^\s:']+@[^\s']+'?:$/gm;
  return [...text.matchAll(isPackage)].length;
}

function packSteps({ ground, manager }: Site, packages: readonly PackageFile[]): readonly Step[] {
  const progress = `Packing ${counted(packages.length, 'package')}…`;
  return manager.pack(packages, ground.staging).map((argv) => ({ argv, progress }));
}
