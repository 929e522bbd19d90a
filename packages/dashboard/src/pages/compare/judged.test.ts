import { compareManifests, type Manifest } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { judged } from './judged.ts';

const build = (id: string, digit: string | null, commit: string | null = 'c0ffee') => ({
  ...{ id, provenance: null, job: null, broken: [] },
  manifest:
    digit === null
      ? null
      : ({
          job: id,
          commit,
          artifacts: [{ path: 'a', name: 'a', sizeBytes: 1, sha256: digit.repeat(64) }],
        } as unknown as Manifest),
});
const verdict = (a: ReturnType<typeof build>, b: ReturnType<typeof build>) =>
  judged(a, b, a.manifest && b.manifest ? compareManifests(a.manifest, b.manifest) : null);

describe('judged', () => {
  it('calls builds of one commit with the same bytes reproducible, and others not', () => {
    expect(verdict(build('a', '1'), build('b', '1'))).toMatchObject({ tone: 'ok', word: 'Reproducible' });
    expect(verdict(build('a', '1'), build('b', '2'))).toMatchObject({ tone: 'bad', word: 'Not reproducible' });
  });

  it('promises nothing of other commits, of unknown ones, or of one build alone', () => {
    expect(verdict(build('a', '1'), build('b', '2', 'beef'))).toMatchObject({ tone: 'off', word: 'Different' });
    expect(verdict(build('a', '1', null), build('b', '1', null))).toMatchObject({ word: 'Identical' });
    expect(verdict(build('a', '1'), build('a', '1'))).toMatchObject({ tone: 'off', word: 'The same build' });
  });

  it('says who left nothing', () => {
    expect(verdict(build('a', '1'), build('b', null)).text).toContain('b left no artifacts');
  });
});
