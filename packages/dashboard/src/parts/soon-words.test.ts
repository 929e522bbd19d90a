import { describe, expect, it } from 'vitest';
import { soonWords } from './soon-words.ts';

const noon = '2026-03-01T12:00:00Z';

describe('soon-words', () => {
  it('says how long it may take yet, and calls nothing overdue that was only expected', () => {
    expect(soonWords('2026-03-01T12:04:00Z', noon)).toBe('in 4 min');
    expect([soonWords(noon, noon), soonWords('2026-03-01T11:50:00Z', noon)]).toEqual(['any moment', 'any moment']);
  });
});
