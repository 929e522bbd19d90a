import { describe, expect, it } from 'vitest';
import { clipped, clippedOrNull, endedWords } from './text.ts';

describe('text', () => {
  it('keeps what is short enough and marks where it was cut', () => {
    expect([clipped('four', 4), clipped('fives', 4)]).toEqual(['four', 'fiv…']);
  });

  it('leaves nothing as nothing', () => {
    expect(clippedOrNull(null, 4)).toBeNull();
  });

  it('tells how a job ended', () => {
    expect([endedWords('failed'), endedWords('cancelled')]).toEqual(['has failed', 'was cancelled']);
  });
});
