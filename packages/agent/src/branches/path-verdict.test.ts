import { describe, expect, it } from 'vitest';
import { hasFilter, pathVerdict } from './path-verdict.ts';

const verdict = (changed: readonly string[] | undefined, include: string[], exclude: string[] = []) =>
  pathVerdict({ paths: { include, exclude } }, changed);

describe('path-verdict', () => {
  it('builds what a path concerns, and says why not', () => {
    expect(verdict(['app/src/a.ts'], ['app/**', 'lib'])).toBeNull();
    expect(verdict(['lib/deep/b.ts', 'docs/c.md'], ['app/**', 'lib'])).toBeNull();
    expect(verdict(['docs/c.md'], ['app/**', 'lib'])).toBe('none of the one changed file lies within app/**, lib');
  });

  it('does not count what is excluded', () => {
    expect(verdict(['app/README.md'], ['app'], ['**/*.md'])).toBe(
      'none of the one changed file lies within app outside **/*.md',
    );
    expect(verdict(['README.md', 'LICENSE'], [], ['*.md'])).toBeNull();
    expect(verdict(['README.md', 'docs/a.md'], [], ['**/*.md', '*.md'])).toBe(
      'none of the 2 changed files lies outside **/*.md, *.md',
    );
  });

  it('builds when nobody can tell, and not when nothing changed', () => {
    expect(verdict(undefined, ['app'])).toBeNull();
    expect(verdict([], ['app'])).toBe('no file changed');
    expect(hasFilter({ paths: { include: [], exclude: [] } })).toBe(false);
  });
});
