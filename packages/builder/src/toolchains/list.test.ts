import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choose } from '../plan-build.ts';
import { NO_RECIPE } from '../recipe.ts';
import { groundOf, told, type World } from '../specs/ground.ts';
import type { Files } from '../specs/world.ts';

async function planned(files: Files, world: World = {}): Promise<Record<string, string[]>> {
  const ground = await groundOf(files, world);
  return told(await choose({ wanted: null, names: ground.names, recipe: NO_RECIPE }).plan(ground));
}

const SOLUTION = ['a', 'a.tests']
  .map((it) => `Project("{9A19103F}") = "${it}", "${it}\\${it}.csproj", "{11111111}"\nEndProject\n`)
  .join('');
const PROJECT =
  '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="A" Version="1" /></ItemGroup></Project>';
const TESTS =
  '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" Version="1" /></ItemGroup></Project>';
describe('choosing a toolchain', () => {
  const chosen = (names: string[], wanted: 'npm' | 'make' | null = null, stages = {}) =>
    choose({ wanted, names, recipe: { ...NO_RECIPE, stages } }).name;

  it.each([
    [['app.sln'], 'dotnet'],
    [['app.slnx', 'package.json'], 'dotnet'],
    [['app.csproj', 'Makefile'], 'dotnet'],
    [['Makefile', 'package.json'], 'npm'],
    [['Makefile', 'pom.xml'], 'maven'],
    [['Makefile'], 'make'],
    [['GNUmakefile'], 'make'],
  ])('sees in %j that it is %s', (names, name) => {
    expect(chosen(names)).toBe(name);
  });

  it('lets the job or the recipe decide against the files', () => {
    expect(chosen(['package.json', 'Makefile'], 'make')).toBe('make');
  });

  it('falls back to the stages of a recipe, and without any says what would help', () => {
    expect(chosen(['README.md'], null, { Build: [['./build.sh']] })).toBe('shell');
    expect(() => chosen(['README.md'])).toThrow('gityard.yml');
  });
});

describe('npm', () => {
  const pkg = (value: object) => ({ 'package.json': JSON.stringify(value) });

  it('restores by the lock file, says how much, and runs the scripts that there are', async () => {
    const lock =
      '{\n  "packages": {\n    "": {\n    },\n    "node_modules/a": {\n    },\n    "node_modules/a/node_modules/@b/c": {\n    }\n  }\n}';
    const ground = await groundOf({
      ...pkg({ name: 'a', version: '1', main: 'x.js', scripts: { build: 'b', test: 't' } }),
      'package-lock.json': lock,
    });

    const plan = await choose({ wanted: null, names: ground.names, recipe: NO_RECIPE }).plan(ground);

    expect(told(plan)).toEqual({
      Restore: ['npm ci --no-audit --no-fund'],
      Build: ['npm run build'],
      Test: ['npm test'],
      Package: ['npm pack --pack-destination /out'],
    });
    expect(plan.steps.Restore?.[0]?.progress).toBe('Restoring 2 packages…');
    expect(plan.environment.NPM_CONFIG_CACHE).toBe(join('/home/builds', '.npm'));
  });

  it("skips what is not there: no lock file, no scripts, npm's own placeholder, a private package", async () => {
    const bare = { Restore: ['npm install --no-audit --no-fund'] };

    expect(await planned(pkg({}))).toEqual(bare);
    expect(await planned(pkg({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }))).toEqual(bare);
    expect(await planned(pkg({ name: 'a', version: '1', private: true, main: 'x.js' }))).toEqual(bare);
    expect(await planned(pkg({ scripts: { test: 't' } }), { parameters: { runTests: 'false' } })).toEqual(bare);
  });

  it.each(['', '[', '"text"', 'null'])('says that %j is no package.json', async (text) => {
    await expect(planned({ 'package.json': text })).rejects.toMatchObject({ code: 'code' });
  });
});

describe('dotnet', () => {
  it('builds the solution, tests where there are tests, and packs when asked', async () => {
    const files = { 'all.sln': SOLUTION, 'a/a.csproj': PROJECT, 'a.tests/a.tests.csproj': TESTS };

    expect(await planned(files, { parameters: { createPackages: 'true' } })).toEqual({
      Restore: ['dotnet restore ./all.sln'],
      Build: ['dotnet build ./all.sln --configuration Release --no-restore'],
      Test: ['dotnet test ./all.sln --configuration Release --no-build --logger trx --results-directory /reports'],
      Package: ['dotnet pack ./all.sln --configuration Release --no-build --output /out'],
    });
  });

  it('keeps to locked packages, another configuration and another project where they are named', async () => {
    const files = { 'src/a/a.csproj': PROJECT, 'src/a/packages.lock.json': '{}', 'b.csproj': PROJECT };

    expect(await planned(files, { parameters: { solutionPath: 'src/a/a.csproj', configuration: 'Debug' } })).toEqual({
      Restore: ['dotnet restore src/a/a.csproj --locked-mode'],
      Build: ['dotnet build src/a/a.csproj --configuration Debug --no-restore'],
    });
  });

  it.each(['../x.sln', '/x.sln', '-p:Evil=1', 'a/../../x.sln'])(
    'refuses %s as the path of a solution',
    async (solutionPath) => {
      await expect(planned({ 'a.csproj': PROJECT }, { parameters: { solutionPath } })).rejects.toMatchObject({
        code: 'code',
      });
    },
  );
});

describe('make', () => {
  it('tests where there is a target for it', async () => {
    expect(await planned({ Makefile: '' }, { probe: async () => ({ exitCode: 0, output: './run-tests' }) })).toEqual({
      Build: ['make'],
      Test: ['make test'],
    });
    expect(await planned({ Makefile: '' })).toEqual({ Build: ['make'] });
  });

  it('does not take a folder named test for a target', async () => {
    const probe = async () => ({ exitCode: 0, output: "make: Nothing to be done for 'test'." });

    expect(await planned({ Makefile: '' }, { probe })).toEqual({ Build: ['make'] });
  });
});

describe('maven', () => {
  it('works without a terminal, keeps its downloads in the home of the builds, and stays offline when asked', async () => {
    const common = 'mvn -B -ntp -Dmaven.repo.local=/home/builds/.m2/repository -o';

    expect(await planned({ 'pom.xml': '' }, { parameters: { offline: 'true' } })).toEqual({
      Build: [`${common} test-compile`],
      Test: [`${common} test`],
      Package: [`${common} package -DskipTests`],
    });
  });
});
