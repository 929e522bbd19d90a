import { describe, expect, it } from 'vitest';
import {
  ageWords,
  clockTime,
  clockWords,
  counted,
  durationWords,
  repositoryName,
  shortId,
  untilWords,
} from './format.ts';

const noon = '2026-03-01T12:00:00.000Z';

describe('format', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [108_000, '1 min 48 s'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
    [-5, '0 s'],
    [Number.NaN, 'unknown'],
  ])('says a duration of %d ms as %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it('says a moment as the clock on the wall, with its day when that is another one', () => {
    const early = new Date(2026, 2, 1, 9, 5).getTime();

    expect(clockTime(early, new Date(2026, 2, 1, 23).toISOString())).toBe('09:05');
    expect(clockTime(early, new Date(2026, 2, 2, 0, 1).toISOString())).toBe('09:05 on 2026-03-01');
    expect(clockTime(Number.NaN, noon)).toBe('an unknown time');
  });

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

  it('says when something ends, or for how long it should have', () => {
    expect(untilWords('2026-03-01T12:04:00Z', noon)).toBe('in 4 min');
    expect(untilWords('2026-03-01T11:58:00Z', noon)).toBe('overdue 2 min');
  });

  it('shows a clock for what is running', () => {
    expect([0, 761_000, 3_761_000].map(clockWords)).toEqual(['0:00', '12:41', '1:02:41']);
    expect(clockWords(Number.NaN)).toBe('–');
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
