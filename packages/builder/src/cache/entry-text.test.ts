import { describe, expect, it } from 'vitest';
import { output } from '../specs/build-cache.contract.ts';
import { entryText, readEntry } from './entry-text.ts';

const place = { scope: 'repo', key: 'k' };
const now = Date.now();

describe('entry-text', () => {
  it('reads what it wrote, under the same names', () => {
    const { entry } = output();
    const text = entryText(place, entry) ?? '';

    expect(readEntry(text, place, now)).toEqual({ entry });
    expect(readEntry(text, { ...place, key: 'other' }, now)).toEqual({ why: 'damaged' });
    expect(readEntry(text, { ...place, scope: 'other' }, now)).toEqual({ why: 'damaged' });
  });

  it('finds any flipped byte', () => {
    const text = entryText(place, output({ 'a.txt': 'a' }).entry) ?? '';
    const flipped = Array.from({ length: text.length }, (_, at) => {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return readEntry(bytes.toString('utf8'), place, now);
    });

    // What separates the digest from the rest carries nothing.
    expect(flipped.filter((it) => 'entry' in it).length).toBeLessThanOrEqual(1);
  });

  it('knows its age, by a clock that may differ a little', () => {
    const madeAt = (at: number) => entryText(place, output({}, { createdAt: new Date(at).toISOString() }).entry) ?? '';

    expect(readEntry(madeAt(now - 8 * 86_400_000), place, now)).toEqual({ why: 'expired' });
    expect(readEntry(madeAt(now + 86_400_000), place, now)).toEqual({ why: 'expired' });
    expect(readEntry(madeAt(now + 60_000), place, now)).toHaveProperty('entry');
  });

  it.each(['', 'x', '{}', 'null', `${'0'.repeat(64)}\n{}`])('takes %j for damaged', (text) => {
    expect(readEntry(text, place, now)).toEqual({ why: 'damaged' });
  });

  const file = { path: 'a', sizeBytes: 1, sha256: '0'.repeat(64), executable: false };
  it.each([
    ['a path that leads out', { files: [{ ...file, path: '../a' }] }],
    ['an absolute path', { files: [{ ...file, path: '/etc/cron.d/x' }] }],
    ['a repository', { files: [{ ...file, path: 'sub/.GIT/config' }] }],
    ['two files of one path', { files: [file, file] }],
    ['a size that is none', { files: [{ ...file, sizeBytes: -1 }] }],
    ['a digest that is a path', { files: [{ ...file, sha256: '../../x' }] }],
    ['too many files', { files: Array.from({ length: 20_001 }, (_, at) => ({ ...file, path: `${at}` })) }],
    ['inputs that are no texts', { inputs: { a: 1 } }],
    ['tests that are no counts', { tests: { total: 'many' } }],
    ['no maker', { by: null }],
  ])('makes and reads none with %s', (_, odd) => {
    expect(entryText(place, { ...output().entry, ...(odd as object) } as never)).toBeNull();
  });
});
