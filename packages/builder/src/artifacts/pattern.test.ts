import { describe, expect, it } from 'vitest';
import { folderOf, isBelow, matcherOf } from './pattern.ts';

describe('pattern', () => {
  it.each([
    ['dist', 'dist/a/b.js', true],
    ['dist/', 'dist/a.js', true],
    ['./dist', 'dist/a.js', true],
    ['dist', 'distant/a.js', false],
    ['a.txt', 'a.txt', true],
    ['*.tgz', 'a.tgz', true],
    ['*.tgz', 'sub/a.tgz', false],
    ['**/*.tgz', 'a.tgz', true],
    ['**/*.tgz', 'x/y/a.tgz', true],
    ['dist/**', 'dist/x/y', true],
    ['a/**/b/*.jar', 'a/b/x.jar', true],
    ['a/**/b/*.jar', 'a/1/2/b/x.jar', true],
    ['a/**/b/*.jar', 'a/1/2/x.jar', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['a.c', 'abc', false],
    ['(a+)+$', '(a+)+$', true],
  ])('%s against %s is %s', (pattern, path, expected) => {
    expect(matcherOf(pattern)(path)).toBe(expected);
  });

  it('is not slowed down by a pattern made for it', () => {
    const before = process.cpuUsage();

    expect(matcherOf(`${'*a'.repeat(40)}b`)('a'.repeat(255))).toBe(false);
    expect(matcherOf(`${'**/a/'.repeat(100)}b`)('a/'.repeat(500))).toBe(false);

    // Whatever else the machine does meanwhile is no time of ours.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });

  it('knows where a pattern can match at all', () => {
    expect(['dist/**/x', '*.tgz', 'a/b/c.txt', './out/*.js'].map(folderOf)).toEqual(['dist', '.', 'a/b/c.txt', 'out']);
  });

  it.each(['/etc/passwd', '../x', 'a/../../x', 'C:/x', '..\\x'])('sees that %s leads out', (pattern) => {
    expect(isBelow(pattern)).toBe(false);
  });
});
