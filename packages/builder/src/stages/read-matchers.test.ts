import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../specs/world.ts';
import { readMatchers } from './read-matchers.ts';

const pattern = { regexp: '^(.*)$', message: 1, file: 'x', loop: 'yes' };

describe('read-matchers', () => {
  it("reads files in GitHub's format, and takes those that every build has for granted", async () => {
    const source = temporaryFolder();
    const matchers = [
      { owner: 'a', severity: 'warning', pattern: [pattern] },
      { owner: 'b', pattern },
    ];
    writeFiles(source, { 'm.json': JSON.stringify({ problemMatcher: matchers }) });

    const read = await readMatchers(source, ['eslint', 'msbuild', 'm.json']);

    const clean = { regexp: '^(.*)$', message: 1, loop: false };
    expect(read).toEqual({
      matchers: [
        { owner: 'a', severity: 'warning', pattern: [clean] },
        { owner: 'b', pattern: [clean] },
      ],
      notes: [],
    });
  });

  it.each([
    ['no JSON', '{'],
    ['JSON of another kind', '[1, null]'],
    ['an expression without end', JSON.stringify({ problemMatcher: { pattern: { regexp: 'x'.repeat(3_000) } } })],
    ['one pattern that is none', JSON.stringify({ problemMatcher: { pattern: [pattern, {}] } })],
  ])('tells of a file that holds %s', async (_, text) => {
    const source = temporaryFolder();
    writeFiles(source, { 'm.json': text });

    expect(await readMatchers(source, ['m.json'])).toEqual({
      matchers: [],
      notes: ['m.json holds no problem matchers that can be used'],
    });
  });

  it('tells of a name that is neither known nor a file', async () => {
    expect((await readMatchers(temporaryFolder(), ['nosuch'])).notes).toEqual([
      'nosuch is neither a problem matcher that every build has nor a file of the repository',
    ]);
  });

  it('does not look outside of the repository', async () => {
    expect((await readMatchers(temporaryFolder(), ['../../etc/passwd'])).matchers).toEqual([]);
  });
});
