import { describe, expect, it } from 'vitest';
import { notesOf } from './notes.ts';

const changelog = `# Changelog

## [Unreleased]

- later

## [1.1.0] - 2026-11-22

### Added

- this

## [1.0.0]

- the first

[1.1.0]: https://example.com/compare
`;

describe('notes', () => {
  it('are the section of that version', () => {
    expect(notesOf({ tag: 'v1.1.0', version: '1.1.0', changelog })).toBe('### Added\n\n- this\n');
    expect(notesOf({ tag: 'v1.0.0', version: '1.0.0', changelog })).toBe('- the first\n');
  });

  it('are refused where the tag is of another version, or the changelog knows none', () => {
    expect(() => notesOf({ tag: 'v1.1.0', version: '1.0.0', changelog })).toThrow(/tag v1\.0\.0/);
    expect(() => notesOf({ tag: 'v1.2.0', version: '1.2.0', changelog })).toThrow(/## \[1\.2\.0\]/);
  });
});
