import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDuration } from './iso-duration.ts';

describe('iso-duration', () => {
  it.each([
    [0, 'PT0S'],
    [-5, 'PT0S'],
    [59.6, 'PT1M'],
    [900, 'PT15M'],
    [259_200, 'PT72H'],
    [3_661, 'PT1H1M1S'],
  ])('writes %d seconds as %s', (seconds, expected) => {
    expect(isoDuration(seconds * 1000)).toBe(expected);
  });

  it('says again as many seconds as it was given', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) => {
        const [, hours = 0, minutes = 0, rest = 0] =
          /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(isoDuration(seconds * 1000)) ?? [];
        expect(Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)).toBe(seconds);
      }),
    );
  });
});
