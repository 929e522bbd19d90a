/** .NET solutions and projects: restore, build, test with TRX reports, and pack where the job asks for packages. */
import { BuildError } from '../build-error.ts';
import { onlyDotnetTestsFailed } from '../reports/only-tests-failed.ts';
import { readText, walk } from '../workspace-files.ts';
import { type Ground, isOff, isOn, NOTHING_PLANNED, type Step, type ToolchainRules } from './toolchain.ts';

const SOLUTION = /\.slnx?$/i;
const PROJECT = /\.(cs|fs|vb)proj$/i;

const ENVIRONMENT = {
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
  // Servers that outlive their command would be killed with it anyway, and the next command would look for them.
  DOTNET_CLI_USE_MSBUILD_SERVER: '0',
  MSBUILDDISABLENODEREUSE: '1',
  UseSharedCompilation: 'false',
  // Its socket lies in TMPDIR, whose path in a workspace is longer than a socket's name may be.
  DOTNET_EnableDiagnostics_IPC: '0',
};

export const dotnet: ToolchainRules = {
  name: 'dotnet',
  recognises: (names) => names.some((name) => SOLUTION.test(name) || PROJECT.test(name)),
  async plan(ground) {
    const target = targetOf(ground);
    const paths = await walk(ground.source);
    const locked = paths.some((path) => path.endsWith('packages.lock.json'));
    const projects = await readProjects(
      ground.source,
      paths.filter((path) => PROJECT.test(path)),
    );
    const tested = projects.some(isTestProject) && !isOff(ground.parameters.runTests);
    return {
      ...NOTHING_PLANNED,
      steps: {
        Restore: [restore(target, locked, projects)],
        Build: [
          {
            argv: ['dotnet', 'build', target, ...configuration(ground), '--no-restore'],
            progress: `Building ${target}…`,
          },
        ],
        ...(tested ? { Test: [test(target, ground)] } : {}),
        ...(isOn(ground.parameters.createPackages) ? { Package: [pack(target, ground)] } : {}),
      },
      collect: ['**/bin/**/*.nupkg', '**/bin/**/publish/**'],
      environment: ENVIRONMENT,
      onlyTestsFailed: onlyDotnetTestsFailed,
    };
  },
};

/** The job's own choice, else a solution, else a project. */
function targetOf({ names, parameters }: Ground): string {
  const { solutionPath } = parameters;
  if (solutionPath !== undefined) {
    if (!/^[^-/\\][^\\]*$/.test(solutionPath) || solutionPath.split('/').includes('..')) {
      throw new BuildError(
        'code',
        `the parameter solutionPath must be a path below the repository, not ${JSON.stringify(solutionPath)}`,
      );
    }
    return solutionPath;
  }
  const target = names.find((name) => SOLUTION.test(name)) ?? names.find((name) => PROJECT.test(name));
  if (!target)
    throw new BuildError(
      'code',
      'no solution or project lies at the top of the repository; name one with the parameter solutionPath',
    );
  return `./${target}`;
}

async function readProjects(source: string, paths: readonly string[]): Promise<string[]> {
  return (await Promise.all(paths.map((path) => readText(source, path)))).map((text) => text ?? '');
}

function isTestProject(text: string): boolean {
  return /Microsoft\.NET\.Test\.Sdk|<IsTestProject>\s*true/i.test(text);
}

function restore(target: string, locked: boolean, projects: readonly string[]): Step {
  const references = projects.join('\n').match(/<PackageReference\s/g)?.length ?? 0;
  const argv = ['dotnet', 'restore', target, ...(locked ? ['--locked-mode'] : [])];
  return { argv, progress: `Restoring ${references} package references of ${projects.length} projects…` };
}

function test(target: string, ground: Ground): Step {
  const reports = ['--logger', 'trx', '--results-directory', ground.reports];
  return {
    argv: ['dotnet', 'test', target, ...configuration(ground), '--no-build', ...reports],
    progress: `Testing ${target}…`,
  };
}

function pack(target: string, ground: Ground): Step {
  return {
    argv: ['dotnet', 'pack', target, ...configuration(ground), '--no-build', '--output', ground.staging],
    progress: `Packing ${target}…`,
  };
}

function configuration({ parameters }: Ground): string[] {
  return [
    '--configuration',
    /^\w+$/.test(parameters.configuration ?? '') ? String(parameters.configuration) : 'Release',
  ];
}
