import { describe, expect, it } from 'vitest';
import { aManifest, anArtifact } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { compareManifests } from './compare-manifests.ts';
import { hint } from './hint.ts';
import { ledger } from './ledger.ts';
import { comparisonReport } from './report.ts';

const made = (job: string, ...artifacts: ReturnType<typeof anArtifact>[]) => aManifest(job, noon, { artifacts });

describe('compare-manifests', () => {
  it('sorts what it finds: identical, other bytes, other size, missing on either side', () => {
    const left = made(
      'a',
      anArtifact('same', '1'),
      anArtifact('bytes', '2'),
      anArtifact('size', '3', 5),
      anArtifact('l', '4'),
    );
    const right = made(
      'b',
      anArtifact('size', '4', 6),
      anArtifact('r', '5'),
      anArtifact('bytes', '9'),
      anArtifact('same', '1'),
    );

    expect(compareManifests(left, right)).toEqual({
      identical: false,
      same: ['same'],
      checksum: [
        {
          path: 'bytes',
          sizeBytes: 1,
          digests: ['md5', 'sha256', 'sha512'],
          left: '2'.repeat(64),
          right: '9'.repeat(64),
        },
      ],
      size: [{ path: 'size', left: 5, right: 6 }],
      missing: { left: ['r'], right: ['l'] },
    });
  });

  it('compares the digests that both have, and sees one that alone differs', () => {
    const whole = anArtifact('a', '1');
    const [bare, odd] = [
      { ...whole, md5: null, sha512: null },
      { ...whole, md5: '2'.repeat(32) },
    ];

    expect(compareManifests(made('a', whole), made('b', bare)).identical).toBe(true);
    expect(compareManifests(made('a', whole), made('b', odd)).checksum[0]?.digests).toEqual(['md5']);
  });
});

describe('the report', () => {
  it('names everything, and lets no name break out of its place', () => {
    const evil = 'x`|\n# y\u202e';
    const [left, right] = [made('a', anArtifact(evil, '1'), anArtifact('z', '1')), made('b', anArtifact(evil, '2'))];
    const comparison = compareManifests(left, right);
    const text = comparisonReport({ left, right, comparison, hints: [hint(evil, 'embedded-date', 'a | b')] });

    expect(text).toContain('different: 1 with other bytes, 1 missing on the right');
    expect(text).toContain('## Why they may differ');
    expect(text).not.toMatch(/^# y/m);
    expect(text).toContain('`` x`\\|\\u000a# y\\u202e ``');
  });
});

describe('the ledger', () => {
  const built = (agent: string, ...artifacts: ReturnType<typeof anArtifact>[]) => ({
    agent,
    branch: 'main',
    commit: 'c0ffee',
    artifacts,
  });
  const deb = (digit: string, sizeBytes = 1) => anArtifact('app.deb', digit, sizeBytes);

  it('says how many of the builds of a commit agree, and who does not', () => {
    const { state } = world()
      .manifest('j1', built('build1', deb('1'), anArtifact('log', '7')))
      .manifest('j2', built('build2', deb('2', 9), anArtifact('log', '8')))
      .manifest('j3', built('build3', deb('1'), anArtifact('log', '7')))
      .manifest('j4', built('build4', deb('1')))
      .manifest('alone', { ...built('build1', deb('1')), commit: 'beef' });

    const [entry, ...others] = ledger(state);

    expect(others).toEqual([]);
    expect(entry).toMatchObject({ commit: 'c0ffee', branch: 'main', reproducible: false });
    expect(entry?.artifacts.map((it) => it.text)).toEqual([
      '3 of 4 builds agree on app.deb; build2 (j2) differs (size)',
      '2 of 4 builds agree on log; build2 (j2) differs (checksum); build4 (j4) has none',
    ]);
  });

  it('tells repositories apart, and finds a commit by its beginning', () => {
    const repository = 'https://git.example/a.git';
    const { state } = world()
      .job('j1', { repository })
      .job('j2', { repository })
      .manifest('j1', built('build1', deb('1')))
      .manifest('j2', { ...built('build1', deb('1')), createdAt: minutesAfterNoon(3) })
      .manifest('j3', built('build1', deb('2')));

    expect(ledger(state, { commit: 'C0F' })).toMatchObject([
      { repository, reproducible: true, builds: [{ job: 'j2' }, { job: 'j1' }] },
    ]);
    expect(ledger(state, { branch: 'dev' })).toEqual([]);
  });
});
