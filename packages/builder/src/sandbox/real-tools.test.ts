/** The real tools in the sandbox that this machine would choose: what keeps a build in must not keep it from its work. */
import { beforeEach, describe, expect, it } from 'vitest';
import { runJob } from '../run-job.ts';
import { type Files, repository, request } from '../specs/world.ts';
import { chooseSandbox } from './ladder.ts';
import { noSandbox, type Sandbox } from './sandbox.ts';

describe('in the sandbox', () => {
  let sandbox: Sandbox = noSandbox;
  beforeEach(async ({ skip }) => {
    const choice = await chooseSandbox({ unsandboxed: false });
    if (!choice.ok && process.env.CI) throw new Error(choice.reason);
    skip(!choice.ok, choice.ok ? '' : choice.reason);
    if (choice.ok) sandbox = choice.sandbox;
  });

  async function built(files: Files, parameters: Record<string, string> = {}) {
    const origin = repository(files);
    const { status, reason, artifacts, isolation } = await runJob(
      request({ sandbox, job: { repository: origin.path, parameters } }),
    );
    return { status, reason, artifacts: artifacts.map(({ path }) => path), isolation };
  }

  it('npm installs, builds, tests and packs', async () => {
    const scripts = { build: 'node -e 0', test: 'node --test' };
    const files = {
      'package.json': JSON.stringify({ name: 'demo', version: '1.0.0', main: 'a.js', scripts }),
      'a.test.js': "require('node:test')('works', () => {});\n",
    };

    expect(await built(files)).toEqual({
      status: 'succeeded',
      reason: null,
      artifacts: ['demo-1.0.0.tgz', 'sbom.cdx.json'],
      isolation: `${sandbox.name}, network in Restore (${sandbox.outward ? 'outward only' : "with the host's loopback"})`,
    });
  });

  it('make builds, as a user that has a name', async () => {
    const Makefile = 'all:\n\t@id -un; test -w . && echo made > "$$GITYARD_ARTIFACTS/out.txt"\n';

    expect(await built({ Makefile })).toMatchObject({ status: 'succeeded', reason: null, artifacts: ['out.txt'] });
  });

  it('maven starts, with its settings and its Java', async () => {
    const stages = 'stages:\n  Build: [mvn, -B, -version]\n';

    expect(await built({ 'gityard.yml': stages })).toMatchObject({ status: 'succeeded', reason: null });
  });

  it('the .NET SDK restores and builds', async () => {
    const project =
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>';
    const files = {
      'demo.csproj': project,
      'Program.cs': 'System.Console.WriteLine("hello");\n',
      'nuget.config': '<configuration><packageSources><clear /></packageSources></configuration>',
      'gityard.yml': 'artifacts: [bin/Release/net10.0/demo.dll]\n',
    };

    expect(await built(files)).toMatchObject({
      status: 'succeeded',
      reason: null,
      artifacts: ['bin/Release/net10.0/demo.dll', 'sbom.cdx.json'],
    });
  });
});
