/** Builds by the real tools. A tool that is missing fails its spec, and the reason says what to install. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuildOutcome } from './contract.ts';
import { runJob } from './run-job.ts';
import { type Files, repository, request, temporaryFolder } from './specs/world.ts';

async function built(files: Files, parameters: Record<string, string> = {}): Promise<BuildOutcome> {
  const origin = repository(files);
  return runJob(request({ folder: join(temporaryFolder(), 'agent'), job: { repository: origin.path, parameters } }));
}

function summary({ status, reason, toolchain, stages, tests, artifacts }: BuildOutcome) {
  const ends = stages.map(({ status }) => (status === 'Succeeded' ? 'yes' : status)).join(' ');
  return { status, reason, toolchain, ends, tests, artifacts: artifacts.map(({ path }) => path) };
}

const lockFile = JSON.stringify({
  name: 'demo',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: { '': { name: 'demo', version: '1.0.0' } },
});
const nodePackage = {
  'package.json': JSON.stringify({
    name: 'demo',
    version: '1.0.0',
    main: 'index.js',
    scripts: { build: 'node build.js', test: 'node --test' },
  }),
  'package-lock.json': lockFile,
  'index.js': 'module.exports = 1;\n',
  'build.js': "require('node:fs').mkdirSync('dist'); require('node:fs').writeFileSync('dist/out.js', '2');\n",
  'one.test.js':
    "const test = require('node:test');\ntest('works', () => {});\ntest('later', { skip: true }, () => {});\n",
};

describe('npm, for real', () => {
  it('installs, builds, tests and packs', async () => {
    const recipe = { 'gityard.yml': 'artifacts: [dist]\n' };

    expect(summary(await built({ ...nodePackage, ...recipe }))).toEqual({
      status: 'succeeded',
      reason: null,
      toolchain: 'npm',
      ends: 'yes yes yes yes yes yes',
      tests: { total: 2, passed: 1, failed: 0, skipped: 1 },
      artifacts: ['demo-1.0.0.tgz', 'dist/out.js', 'sbom.cdx.json'],
    });
  });

  it('counts the tests that failed', async () => {
    const failing = { 'two.test.js': "require('node:test')('fails', () => { throw new Error('no'); });\n" };

    expect(summary(await built({ ...nodePackage, ...failing }))).toMatchObject({
      status: 'failed',
      reason: '1 of 3 tests failed: npm test ended with exit code 1',
      ends: 'yes yes yes Failed Skipped Skipped',
      tests: { total: 3, failed: 1 },
    });
  });
});

describe('make, for real', () => {
  const makefile = 'all:\n\techo made > "$$GITYARD_ARTIFACTS/out.txt"\n';

  it('builds, and tests where there is a target for it', async () => {
    const outcome = await built({ Makefile: `${makefile}test:\n\techo 1..1; echo ok 1\n` });

    expect(summary(outcome)).toEqual({
      status: 'succeeded',
      reason: null,
      toolchain: 'make',
      ends: 'yes Skipped yes yes Skipped yes',
      tests: { total: 1, passed: 1, failed: 0, skipped: 0 },
      artifacts: ['out.txt'],
    });
  });

  it('does not test a folder of that name', async () => {
    const outcome = await built({ Makefile: makefile, 'test/readme.txt': '' });

    expect(outcome.stages[3]).toMatchObject({ name: 'Test', status: 'Skipped' });
  });
});

/** That of this machine: the SDK brings what a program for it begins with. */
const RUNTIME = `${process.platform.replace('darwin', 'osx').replace('win32', 'win')}-${process.arch}`;

describe('dotnet, for real', () => {
  const project = (inside = '') =>
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><Version>1.2.3</Version></PropertyGroup>${inside}</Project>`;
  const programProject = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworks>net10.0</TargetFrameworks></PropertyGroup>
    <ItemGroup><ProjectReference Include="../lib/lib.csproj" /></ItemGroup></Project>`;

  it('restores, builds, packs, publishes programs for a runtime, and counts a warning once', async () => {
    const files = {
      'all.slnx': '<Solution><Project Path="app/app.csproj" /><Project Path="lib/lib.csproj" /></Solution>',
      'app/app.csproj': programProject,
      'app/P.cs': 'System.Console.WriteLine(new C().Says);\n',
      'lib/lib.csproj': project(),
      'lib/C.cs': 'public class C { public string Says => "published"; public void M() { int unused; } }\n',
    };

    const outcome = await built(files, { createPackages: 'true', publish: 'true', runtimeIdentifier: RUNTIME });

    expect(summary(outcome)).toMatchObject({ status: 'succeeded', reason: null, toolchain: 'dotnet', tests: null });
    const made = outcome.artifacts.map(({ path }) => path);
    expect(made).toEqual(expect.arrayContaining(['lib.1.2.3.nupkg', 'publish/app/net10.0/lib.dll']));
    expect(made).toContain(`publish/app/net10.0/${process.platform === 'win32' ? 'app.exe' : 'app'}`);
    const program = outcome.artifacts.find(({ path }) => path === 'publish/app/net10.0/app.dll')?.file ?? '';
    expect(execFileSync('dotnet', [program], { encoding: 'utf8' })).toMatch(/^published\s/);
    expect(outcome.stages[2]).toMatchObject({ name: 'Build', status: 'Succeeded', warnings: 1, errors: 0 });
  });

  it('names the compiler’s error when it fails', async () => {
    const outcome = await built({ 'lib.csproj': project(), 'C.cs': 'public class C {\n' });

    expect(outcome).toMatchObject({ status: 'failed', cause: 'code', exitCode: 1 });
    expect(outcome.stages[2]).toMatchObject({ status: 'Failed', errors: 1 });
    expect(Buffer.from(outcome.files[1]?.content ?? []).toString('utf8')).toContain('error CS1513');
  });

  it('runs tests and reads their report', async () => {
    const references = [
      'Microsoft.NET.Test.Sdk" Version="18.0.1',
      'xunit" Version="2.9.3',
      'xunit.runner.visualstudio" Version="*',
    ];
    const items = references.map((it) => `<PackageReference Include="${it}" />`).join('');
    const tests =
      'using Xunit; public class T { [Fact] public void A() { } [Fact(Skip = "later")] public void B() { } [Fact] public void C() => Assert.True(false); }\n';

    const outcome = await built({
      'lib.tests.csproj': project(`<ItemGroup>${items}</ItemGroup>`),
      'T.cs': tests,
      ...packageSource(),
    });

    expect(outcome.reason).toMatch(/^1 of 3 tests failed/);
    expect(outcome.tests).toEqual({ total: 3, passed: 1, failed: 1, skipped: 1 });
  });
});

/** A folder or feed of packages for a machine without the public one; otherwise the machine's own sources serve. */
function packageSource(): Files {
  const source = process.env.GITYARD_TEST_NUGET;
  if (!source) return {};
  return {
    'nuget.config': `<configuration><packageSources><clear /><add key="spec" value="${source}" /></packageSources></configuration>`,
  };
}

describe('maven, for real', () => {
  it('goes through its phases', async () => {
    // The one packaging whose phases need no plugin, so nothing is downloaded.
    const pom =
      '<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><packaging>pom</packaging></project>';

    const outcome = await built({ 'pom.xml': pom }, { offline: 'true' });

    expect(summary(outcome)).toMatchObject({
      status: 'succeeded',
      reason: null,
      toolchain: 'maven',
      ends: 'yes Skipped yes yes yes yes',
    });
  });
});
