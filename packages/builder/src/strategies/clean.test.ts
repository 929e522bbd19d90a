import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareManifests } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { BuildOutcome } from '../contract.ts';
import { runJob } from '../run-job.ts';
import { PARTS } from '../specs/parts.ts';
import { ownArtifacts, strategyWorld } from '../specs/strategy-world.ts';
import { repository, request, temporaryFolder } from '../specs/world.ts';

describe('clean', () => {
  it('builds all of it from nothing, each time, in a home that no other build has seen, and leaves nothing', async () => {
    const look = 'stages: { package: [sh, -c, "ls $HOME; touch $HOME/seen; ls -d bin || echo no bin"] }\n';
    const { build, folder } = strategyWorld({}, { ...PARTS, 'gityard.yml': look });
    await build();

    const first = await build({ strategy: 'Clean' });
    const second = await build({ strategy: 'Clean' });

    for (const { built, made, log } of [first, second]) {
      expect(built).toBe('all 4 projects built from nothing');
      expect(made).toHaveLength(4);
      expect(log).not.toMatch(/^seen$/m);
    }
    expect(readdirSync(join(folder, 'workspaces'))).toEqual([]);
    expect(readdirSync(join(folder, 'mirrors'))).toHaveLength(1);
    const [kept = ''] = readdirSync(join(folder, 'kept'));
    expect(readdirSync(join(folder, 'kept', kept, 'build', 'home'))).toContain('seen');
  });

  it('fetches anew what a mirror holds already', async () => {
    const { build, folder } = strategyWorld();

    await build({ strategy: 'Clean' });

    expect(existsSync(join(folder, 'mirrors'))).toBe(false);
  });

  it('is what a canary and those who follow it build', async () => {
    const { build } = strategyWorld();

    for (const kind of ['canary', 'follower'] as const)
      expect((await build({ part: { kind, wave: 0, projects: [] } })).built).toBe('all 4 projects built from nothing');
  });
});

describe('clean, with .NET for real', () => {
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>';
  const FILES = {
    'lib.csproj': project,
    'C.cs':
      'public class C { public string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path + Here(); }\n',
    'obj/stale.cs': 'this is no program\n',
    'gityard.yml': 'artifacts: ["bin/**/*.dll", "bin/**/*.pdb"]\n',
  };

  it('makes the same bytes of a commit wherever it is built', async () => {
    const origin = repository(FILES);
    const build = async (token: number) =>
      runJob(
        request({
          folder: join(temporaryFolder(), `agent-${'x'.repeat(token)}`),
          token,
          job: { repository: origin.path, strategy: 'Clean' },
        }),
      );

    const [one, other] = [await build(1), await build(2)];

    const names = (outcome: BuildOutcome) => ownArtifacts(outcome).map(({ path }) => path.split('/').at(-1));
    expect([one.reason, other.reason]).toEqual([null, null]);
    expect(names(one)).toEqual(['lib.dll', 'lib.pdb']);
    expect(compareManifests({ artifacts: ownArtifacts(one) }, { artifacts: ownArtifacts(other) })).toMatchObject({
      identical: true,
      checksum: [],
      size: [],
    });
  });
});
