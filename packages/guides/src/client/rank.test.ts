import { describe, expect, it } from 'vitest';
import type { SearchEntry } from '../site/search-index.ts';
import { rank } from './rank.ts';

const ENTRIES: readonly SearchEntry[] = [
  ['limits.html', 'Limits', '', 'For whoever asks'],
  ['limits.html#pushes', 'Limits', 'Pushes a minute', 'push.perMinute relay'],
  ['security.html#relay', 'Security', 'Relays and keys', ''],
];
const found = (typed: string): string[] => rank(ENTRIES, typed).map(([address]) => address);

describe('rank', () => {
  it('puts what begins with the words before what only holds them', () => {
    expect(found('relay')).toEqual(['security.html#relay', 'limits.html#pushes']);
    expect(found('limits')).toEqual(['limits.html', 'limits.html#pushes']);
  });

  it('puts what has a word before what only begins with it', () => {
    const entries: SearchEntry[] = [
      ['runbook.html#lock', 'Runbook', 'Lock left', ''],
      ['commands.html#run', 'Commands', 'gityard lock run', ''],
    ];

    expect(rank(entries, 'lock run').map(([address]) => address)).toEqual(['commands.html#run', 'runbook.html#lock']);
  });

  it('wants all words, in any order and however they are written', () => {
    expect(found('MINUTE push')).toEqual(['limits.html#pushes']);
    expect(found('minute nothing')).toEqual([]);
    expect(found('  ')).toEqual([]);
  });
});
