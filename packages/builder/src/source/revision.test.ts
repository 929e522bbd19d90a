import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isCommitId, isFullCommitId, isRefName } from './revision.ts';

const good = ['main', 'feature/a-b', 'v1.0', 'refs/tags/v1', 'ä', 'a@b', 'a.b'];
const bad = [
  '-x',
  '--output=x',
  '--upload-pack=id',
  '',
  '@',
  'a..b',
  'a b',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[b',
  'a\\b',
  '@{-1}',
  'x.lock',
  'a/.b',
  '.a',
  '/a',
  'a/',
  'a//b',
  'a.',
  'a\nb',
  'a\u007f',
];

describe('revision', () => {
  it.each(good)('takes %j as the name of a branch', (name) => {
    expect(isRefName(name)).toBe(true);
  });

  it.each(bad)('does not take %j as the name of a branch', (name) => {
    expect(isRefName(name)).toBe(false);
  });

  it('agrees with git about every name but those that look like options', () => {
    const git = (name: string) => {
      try {
        execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' });
        return true;
      } catch {
        // Git answers "no" by its exit code.
        return false;
      }
    };
    const names = [...good, ...bad].filter((name) => !/^[-/]|^@$/.test(name));

    expect(names.map((name) => [name, isRefName(name)])).toEqual(names.map((name) => [name, git(name)]));
  });

  it('takes hexadecimal ids from seven digits on, and knows the whole ones', () => {
    expect(['abcdef1', 'a'.repeat(40), 'a'.repeat(64)].every(isCommitId)).toBe(true);
    expect(['abc', 'HEAD', '-abcdef1', 'ABCDEF1', `${'a'.repeat(40)}^`].some(isCommitId)).toBe(false);
    expect([isFullCommitId('abcdef1'), isFullCommitId('a'.repeat(40))]).toEqual([false, true]);
  });
});
