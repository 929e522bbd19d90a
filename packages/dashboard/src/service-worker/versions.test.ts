import { describe, expect, it } from 'vitest';
import { installed, NO_VERSIONS, opened, started, superfluous, taken, type Versions } from './versions.ts';

const good = started(taken(NO_VERSIONS, 'v1'), 'v1');
const onTrial = taken(installed(good, 'v2'), 'v2');
/** Once a minute. */
const openedTimes = (versions: Versions, times: number): Versions =>
  Array.from({ length: times }).reduce<Versions>((it, _, at) => opened(it, NOON + at * 60_000), versions);
const NOON = Date.parse('2026-03-01T12:00:00.000Z');

describe('versions', () => {
  it('shows a new one, and lets the old one go once the new one has started well', () => {
    expect(onTrial).toMatchObject({ shown: 'v2', good: 'v1' });
    expect(superfluous(onTrial, ['v1', 'v2'])).toEqual([]);

    expect(superfluous(started(openedTimes(onTrial, 1), 'v2'), ['v1', 'v2'])).toEqual(['v1']);
  });

  it('goes back to the one that was good when a new one never starts, and does not try it again', () => {
    const back = openedTimes(onTrial, 3);

    expect(openedTimes(onTrial, 2).shown).toBe('v2');
    expect(back).toMatchObject({ shown: 'v1', broken: ['v2'] });
    expect(taken(back, 'v2').shown).toBe('v1');
    expect(taken(back, 'v3').shown).toBe('v3');
  });

  it('takes tabs that a browser opens in one moment for one opening', () => {
    const tabs = [0, 90, 200, 450, 700].reduce((it, ms) => opened(it, NOON + ms), onTrial);

    expect(tabs).toMatchObject({ shown: 'v2', opened: 1, broken: [] });
    expect(openedTimes(tabs, 3).shown).toBe('v1');
  });

  it('keeps trying where there is nothing to go back to', () => {
    const first = taken(NO_VERSIONS, 'v1');
    expect(openedTimes(first, 4).shown).toBe('v1');
  });

  it('does not send away what waits to be taken', () => {
    expect(superfluous(installed(good, 'v2'), ['v0', 'v1', 'v2'])).toEqual(['v0']);
  });

  it('does not take the word of a page of another version', () => {
    expect(started(onTrial, 'v1').good).toBe('v1');
  });
});
