/**
 * A .NET solution of any size, as files: libraries in layers, each made of some of the layer below, and test projects that
 * try single libraries. The same numbers are always the same files, so that a spec can say what a change concerns.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface SolutionOptions {
  /** Libraries: `src/Lib01/Lib01.csproj` … */
  readonly libraries: number;
  /** Of the libraries, from the last one down, that many have tests: `tests/Lib05.Tests/Lib05.Tests.csproj`. */
  readonly tested?: number;
  readonly layers?: number;
  /** How many libraries of the layer below each one needs. */
  readonly references?: number;
  /** Test projects measure coverage. */
  readonly coverage?: boolean;
}

export type Files = Readonly<Record<string, string>>;

export function solutionFiles({
  libraries,
  tested = 0,
  layers = 3,
  references = 2,
  coverage = false,
}: SolutionOptions): Files {
  const all = Array.from({ length: libraries }, (_, at) => at);
  const perLayer = Math.max(1, Math.ceil(libraries / layers));
  const needsOf = (at: number) => needed(at, { perLayer, references });
  const testedOnes = all.slice(libraries - Math.min(tested, libraries));
  const projects = [...all.map((at) => libraryPath(at)), ...testedOnes.map((at) => testPath(at))];
  return Object.fromEntries([
    ['All.slnx', solution(projects)],
    ['Directory.Build.props', BUILD_PROPERTIES],
    ['.gitignore', 'bin/\nobj/\n'],
    ...packageSource(),
    ...all.flatMap((at) => library(at, needsOf(at))),
    ...testedOnes.flatMap((at) => testProject(at, { coverage })),
  ]);
}

/** Writes them below a folder, which need not exist. */
export function writeSolution(folder: string, options: SolutionOptions): Files {
  const files = solutionFiles(options);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return files;
}

/** `Lib07`; counted from 0. */
export const libraryName = (at: number): string => `Lib${String(at + 1).padStart(2, '0')}`;
/** The ids that its projects have in the graph. */
export const libraryPath = (at: number): string => `src/${libraryName(at)}/${libraryName(at)}.csproj`;
export const testPath = (at: number): string => `tests/${libraryName(at)}.Tests/${libraryName(at)}.Tests.csproj`;
/** The one source file of a library; its tests want the class to have `Sum()`. */
export const sourcePath = (at: number): string => `src/${libraryName(at)}/${libraryName(at)}.cs`;

const BUILD_PROPERTIES = `<Project>
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <Deterministic>true</Deterministic>
    <GenerateDocumentationFile>false</GenerateDocumentationFile>
  </PropertyGroup>
</Project>
`;

const solution = (projects: readonly string[]): string =>
  `<Solution>\n${projects.map((path) => `  <Project Path="${path}" />`).join('\n')}\n</Solution>\n`;

/** Neighbours in the layer below, so that a change of one library concerns some of the next layer and not all. */
function needed(at: number, { perLayer, references }: { perLayer: number; references: number }): readonly number[] {
  const layer = Math.floor(at / perLayer);
  if (layer === 0) return [];
  const first = (layer - 1) * perLayer;
  const count = Math.min(references, perLayer);
  return Array.from({ length: count }, (_, step) => first + (((at % perLayer) + step) % perLayer));
}

function library(at: number, needs: readonly number[]): [string, string][] {
  const items = needs.map((it) => `<ProjectReference Include="../${libraryName(it)}/${libraryName(it)}.csproj" />`);
  const sum = ['1', ...needs.map((it) => `${libraryName(it)}.Sum()`)].join(' + ');
  const name = libraryName(at);
  return [
    [libraryPath(at), project(items)],
    [sourcePath(at), `namespace Demo;\n\npublic static class ${name}\n{\n    public static int Sum() => ${sum};\n}\n`],
  ];
}

const TEST_PACKAGES = [
  ['Microsoft.NET.Test.Sdk', '18.0.1'],
  ['xunit', '2.9.3'],
  ['xunit.runner.visualstudio', '3.1.5'],
];

function testProject(at: number, { coverage }: { coverage: boolean }): [string, string][] {
  const name = libraryName(at);
  const packages = coverage ? [...TEST_PACKAGES, ['coverlet.collector', '6.0.4']] : TEST_PACKAGES;
  const items = [
    ...packages.map(([id, version]) => `<PackageReference Include="${id}" Version="${version}" />`),
    `<ProjectReference Include="../../src/${name}/${name}.csproj" />`,
  ];
  const test = `    [Fact]\n    public void Sums() => Assert.True(${name}.Sum() >= 1);\n`;
  return [
    [testPath(at), project(items)],
    [
      testPath(at).replace(/\.csproj$/, '.cs'),
      `using Xunit;\n\nnamespace Demo;\n\npublic class ${name}Tests\n{\n${test}}\n`,
    ],
  ];
}

const project = (items: readonly string[]): string =>
  `<Project Sdk="Microsoft.NET.Sdk">\n  <ItemGroup>\n${items.map((it) => `    ${it}\n`).join('')}  </ItemGroup>\n</Project>\n`;

/** A folder or feed of packages for a machine without the public one; otherwise the machine's own sources serve. */
function packageSource(): [string, string][] {
  const source = process.env.GITYARD_TEST_NUGET;
  if (!source) return [];
  const sources = `<packageSources><clear /><add key="spec" value="${source}" /></packageSources>`;
  return [['nuget.config', `<configuration>${sources}</configuration>\n`]];
}
