import { describe, expect, it } from 'vitest';
import { readRecipe, recipeFrom } from './recipe.ts';
import { type Files, temporaryFolder, writeFiles } from './specs/world.ts';

function recipe(files: Files) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return readRecipe(folder);
}

describe('recipe', () => {
  it('is empty where there is none', async () => {
    expect(await recipe({})).toEqual({ toolchain: null, stages: {}, artifacts: [] });
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
    expect(await recipe({ [name]: text })).toEqual({
      toolchain: 'npm',
      stages: { Build: [['make', 'all']], Test: [['a'], ['b', 'c']] },
      artifacts: ['dist'],
    });
  });

  it.each([
    [[], 'must be an object'],
    [{ toolchain: 'cobol' }, 'toolchain must be one of'],
    [{ artifacts: 'dist' }, 'artifacts must be a list'],
    [{ stages: [] }, 'stages must be an object'],
    [{ stages: { deploy: ['x'] } }, 'stages.deploy is not a stage'],
    [{ stages: { build: 'make all' } }, 'stages.build must be a command as a list of words'],
    [{ stages: { build: [[]] } }, 'stages.build must be'],
  ])('says what is wrong with %j', (value, message) => {
    expect(() => recipeFrom(value, 'gityard.json')).toThrow(message);
  });

  it('names the file that cannot be read, and does not follow a link out of the repository', async () => {
    await expect(recipe({ 'gityard.json': '{' })).rejects.toMatchObject({
      code: 'code',
      message: expect.stringContaining('gityard.json cannot be read'),
    });
    await expect(recipe({ 'gityard.yml': 'a: [' })).rejects.toMatchObject({ code: 'code' });
    expect(await recipe({ 'gityard.json': { link: '/etc/passwd' } })).toMatchObject({ toolchain: null });
  });

  it('does not unfold a few lines of YAML into gigabytes', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
    ];

    await expect(recipe({ 'gityard.yml': bomb.join('\n') })).rejects.toMatchObject({ code: 'code' });
  });
});
