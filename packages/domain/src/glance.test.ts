import { describe, expect, it } from 'vitest';
import { ageWords, counted, largestUnit, repositoryName, shortId } from './glance.ts';

const noon = '2026-03-01T12:00:00.000Z';

describe('glance', () => {
  it.each([
    ['2026-03-01T11:59:48Z', '12 s ago'],
    ['2026-03-01T11:46:00Z', '14 min ago'],
    ['2026-02-28T13:00:00Z', '23 h ago'],
    ['2026-02-25T12:00:00Z', '4 d ago'],
    ['2026-03-01T12:00:09Z', 'just now'],
    ['never', 'at an unknown time'],
  ])('says how long ago %s was', (since, words) => {
    expect(ageWords(since, noon)).toBe(words);
  });

  it.each([
    [59_999, '59 s'],
    [7_500_000, '2 h'],
    [172_800_000, '2 d'],
    [-5, '0 s'],
    [Number.NaN, 'unknown'],
  ])('says of %d ms the largest unit alone: %s', (ms, words) => {
    expect(largestUnit(ms)).toBe(words);
  });

  it.each([
    ['https://git.example/team/app.git', 'app'],
    ['git@git.example:team/app.git', 'app'],
    ['git@git.example:app', 'app'],
    ['/srv/git/app/', 'app'],
    ['C:\\work\\app', 'app'],
    ['.git', '.git'],
  ])('calls %s by its last name', (repository, name) => {
    expect(repositoryName(repository)).toBe(name);
  });

  it('shortens an id to a beginning that can be typed', () => {
    expect(shortId('01kar9x2runcloud')).toBe('01kar9x2…loud');
    expect(shortId('job-1')).toBe('job-1');
  });

  it('counts things, one and many', () => {
    expect([counted(1, 'job'), counted(0, 'job'), counted(2, 'thing needs', 'things need')]).toEqual([
      '1 job',
      '0 jobs',
      '2 things need',
    ]);
  });
});
