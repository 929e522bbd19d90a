/** Plans and graphs by the real tools: all of a checkout first, and then no more than a change concerns. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { solutionFiles } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { withDependents } from '../graph/project-graph.ts';
import { groundOf } from '../specs/ground.ts';
import { mavenModules, npmWorkspaces } from '../specs/projects.ts';
import { runPlan } from '../specs/run-plan.ts';
import { type Files, temporaryFolder, writeFiles } from '../specs/world.ts';
import { walk } from '../workspace-files.ts';
import { dotnet } from './dotnet/dotnet.ts';
import { maven } from './maven/maven.ts';
import { npm } from './npm/npm.ts';
import type { Ground, Scope, ToolchainRules } from './toolchain.ts';

const DEBIAN = '/usr/share/maven-repo';
const CI = process.env.CI === 'true';

async function realGround(files: Files, parameters: Record<string, string> = {}): Promise<Ground> {
  const home = temporaryFolder();
  return { ...(await groundOf(files, { reports: temporaryFolder(), parameters })), home, staging: temporaryFolder() };
}

/** What a change of this project concerns, as a strategy would say it. */
async function scopeOf(rules: ToolchainRules, ground: Ground, id: string): Promise<Scope> {
  const graph = await rules.graph?.(ground);
  if (!graph) throw new Error('there is a graph');
  const concerned = withDependents(graph, new Set([id]));
  const test = concerned.filter(({ isTest }) => isTest).map((it) => it.id);
  return { graph, build: concerned.map((it) => it.id), test, restore: false, reuse: true };
}

const builtBy = (output: string | undefined): string[] =>
  [...(output ?? '').matchAll(/^ {2}(\S+) -> /gm)].map(([, name = '']) => name).sort();

describe('a .NET solution of 4 projects', () => {
  it('is built and tested with coverage, and after a change no more of it than that concerns', async () => {
    const ground = await realGround(solutionFiles({ libraries: 2, tested: 2, coverage: true }), {
      createPackages: 'true',
    });

    const plan = await dotnet.plan(ground);
    const all = await runPlan(ground, plan);

    expect(builtBy(all.Build)).toEqual(['Lib01', 'Lib01.Tests', 'Lib02', 'Lib02.Tests']);
    expect(plan.steps.Restore?.[0]?.progress).toBe('Restoring 4 packages of 4 projects…');
    expect(plan.steps.Test?.[0]?.progress).toBe('Testing 2 test projects…');
    const reports = await walk(ground.reports);
    expect(reports.filter((it) => it.endsWith('.trx'))).toHaveLength(2);
    expect(reports.filter((it) => /^[0-9a-f-]{36}\/coverage\.cobertura\.xml$/.test(it))).toHaveLength(2);
    expect(await walk(ground.staging)).toEqual(['Lib01.1.0.0.nupkg', 'Lib02.1.0.0.nupkg']);

    writeFiles(ground.source, { 'src/Lib02/More.cs': 'public class More;\n' });
    const scope = await scopeOf(dotnet, ground, 'src/Lib02/Lib02.csproj');
    const narrow = { ...ground, reports: temporaryFolder(), staging: temporaryFolder(), scope };
    const part = await dotnet.plan(narrow);
    const some = await runPlan(narrow, part);

    expect(part.steps.Build?.[0]?.progress).toBe('Building 2 of 4 projects…');
    expect(Object.keys(some)).toEqual(['Build', 'Test', 'Package']);
    expect(builtBy(some.Build)).toEqual(['Lib02', 'Lib02.Tests']);
    const told = await walk(narrow.reports);
    expect(told.filter((it) => it.endsWith('.trx'))).toEqual([expect.stringMatching(/^Lib02\.Tests\//)]);
    expect(told.filter((it) => /^Lib02\.Tests\/[0-9a-f-]{36}\/coverage\.cobertura\.xml$/.test(it))).toHaveLength(1);
    expect(await walk(narrow.staging)).toEqual(['Lib02.1.0.0.nupkg']);
  });
});

describe('npm workspaces', () => {
  it('are built each after those that it needs, and after a change no more of them than that concerns', async () => {
    const ground = await realGround(npmWorkspaces());
    const words = (output: string | undefined) =>
      [...(output ?? '').matchAll(/^built (\w+)$/gm)].map(([, name]) => name);

    const plan = await npm.plan(ground);
    const all = await runPlan(ground, plan);

    expect(plan.steps.Build?.[0]?.progress).toBe('Building 3 packages…');
    expect(words(all.Build)).toEqual(['core', 'api', 'app']);
    expect(all.Test?.match(/^# pass 1$|^ℹ pass 1$/gm)).toHaveLength(3);
    expect((await walk(ground.staging)).map((it) => it.replace(/-1\.0\.0\.tgz$/, ''))).toEqual([
      'demo-api',
      'demo-app',
      'demo-core',
    ]);

    const scope = await scopeOf(npm, ground, 'packages/api');
    const narrow = { ...ground, staging: temporaryFolder(), scope };
    const some = await runPlan(narrow, await npm.plan(narrow));

    expect(words(some.Build)).toEqual(['api', 'app']);
    expect(some.Test?.match(/^# pass 1$|^ℹ pass 1$/gm)).toHaveLength(2);
  });
});

const withMaven = existsSync(join(DEBIAN, 'junit/junit')) || CI ? it : it.skip;

describe('Maven modules', () => {
  withMaven(
    `fetch what they need first, are built in their order without a network, and then no more of them than a change concerns (from ${DEBIAN})`,
    async () => {
      const ground = await realGround({ ...mavenModules(), ...debianSettings() });
      const plan = await maven.plan(ground);
      const { Restore = [], ...steps } = plan.steps;
      expect((await runPlan(ground, { ...plan, steps: { Restore } })).Restore).toContain('BUILD SUCCESS');
      writeFiles(ground.source, { '.mvn/settings.xml': settings('file:///nowhere') });
      rmSync(join(ground.source, 'core/target'), { recursive: true });

      const all = await runPlan(ground, { ...plan, steps });

      expect(plan.steps.Build?.[0]?.progress).toBe('Compiling 4 modules…');
      expect(compiledBy(all.Build)).toContain('core');
      expect(testedBy(all.Test)).toEqual(['Core', 'Api', 'App']);
      expect((await walk(ground.source)).filter((it) => it.endsWith('.jar'))).toHaveLength(3);

      const changed = 'public class Api { public static int sum() { return 2 + Core.sum(); } }\n';
      writeFiles(ground.source, { 'api/src/main/java/Api.java': changed });
      const narrow = { ...ground, scope: await scopeOf(maven, ground, 'api') };
      const part = await maven.plan(narrow);
      const some = await runPlan(narrow, part);

      expect(part.steps.Build?.[0]?.progress).toBe('Compiling 2 of 3 modules…');
      expect(compiledBy(some.Build)).not.toContain('core');
      expect(compiledBy(some.Build)).toContain('api');
      expect(testedBy(some.Test)).toEqual(['Api', 'App']);
    },
  );
});

const compiledBy = (output: string | undefined): (string | undefined)[] =>
  [...(output ?? '').matchAll(/^\[INFO\] Compiling 1 source file to \S*\/(\w+)\/target\/(?:test-)?classes$/gm)].map(
    ([, name]) => name,
  );
const testedBy = (output: string | undefined): (string | undefined)[] =>
  [...(output ?? '').matchAll(/ in (\w+)Test$/gm)].map(([, name]) => name);

/** A repository may name its settings itself; on a machine of a team they are those of the agent's user. */
function debianSettings(): Files {
  return { '.mvn/maven.config': '--settings\n.mvn/settings.xml\n', '.mvn/settings.xml': settings(`file://${DEBIAN}`) };
}

const settings = (url: string): string =>
  `<settings><mirrors><mirror><id>debian</id><mirrorOf>*</mirrorOf><url>${url}</url></mirror></mirrors></settings>\n`;
