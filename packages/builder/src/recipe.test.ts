import { describe, expect, it } from 'vitest';
import { NO_RECIPE, readRecipe, recipeFrom } from './recipe.ts';
import { type Files, temporaryFolder, writeFiles } from './specs/world.ts';

function recipe(files: Files) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return readRecipe(folder);
}

describe('recipe', () => {
  it('is empty where there is none, and where there is one that says nothing', async () => {
    expect(await recipe({})).toEqual(NO_RECIPE);
    expect(await recipe({ 'gityard.json': '{}' })).toMatchObject({ toolchain: null, artifacts: [], network: null });
  });

  it.each([
    [
      'gityard.json',
      '{"toolchain": "npm", "stages": {"build": ["make", "all"], "Test": [["a"], ["b", "c"]]}, "artifacts": ["dist"]}',
    ],
    [
      'gityard.yml',
      'toolchain: npm\nstages:\n  build: [make, all]\n  Test:\n    - [a]\n    - [b, c]\nartifacts: [dist]\n',
    ],
  ])('reads %s', async (name, text) => {
    expect(await recipe({ [name]: text })).toMatchObject({
      toolchain: 'npm',
      stages: { Build: [['make', 'all']], Test: [['a'], ['b', 'c']] },
      artifacts: ['dist'],
    });
  });

  it('says all that a repository may say of its own build', async () => {
    const text = [
      'strategy: Cached',
      'parameters: {configuration: Debug}',
      'reports: {tests: ["out/*.xml"], coverage: [lcov.info]}',
      'matchers: [gcc]',
      'requires: ["dotnet>=8"]',
      'needs: ["dotnet>=8", docker]',
      'cache: {inputs: [proto/**], outputs: [gen]}',
      'timeout: 30m',
      'secrets: {restore: [NUGET_TOKEN]}',
      'container: {image: "registry/sdk:10"}',
      'network: never',
      'checks: [[npm, audit], [./scan.sh]]',
    ].join('\n');

    expect(await recipe({ 'gityard.yml': text })).toEqual({
      ...NO_RECIPE,
      strategy: 'Cached',
      checks: [['npm', 'audit'], ['./scan.sh']],
      parameters: { configuration: 'Debug' },
      reports: { tests: ['out/*.xml'], coverage: ['lcov.info'] },
      matchers: ['gcc'],
      requires: ['dotnet>=8', 'docker'],
      cache: { inputs: ['proto/**'], outputs: ['gen'] },
      timeoutSeconds: 1800,
      secrets: { Restore: ['NUGET_TOKEN'], Build: [], Test: [], Check: [], Package: [], Publish: [] },
      container: { image: 'registry/sdk:10' },
      network: 'never',
    });
  });

  it('fails the build with the first mistake, and says how to see the others', async () => {
    await expect(recipeFrom('artefacts: [a]\nstage: {}\n', 'gityard.yml')).rejects.toMatchObject({
      code: 'code',
      message:
        'gityard.yml:1:1: unknown field artefacts; did you mean artifacts? (and 1 more: gityard config lint gityard.yml)',
    });
  });

  it('does not follow a link out of the repository', async () => {
    expect(await recipe({ 'gityard.json': { link: '/etc/passwd' } })).toEqual(NO_RECIPE);
  });
});
