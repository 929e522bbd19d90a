import { describe, expect, it } from 'vitest';
import { installed, NO_VERSIONS, opened, started, superfluous, taken } from './versions.ts';

const good = started(taken(NO_VERSIONS, 'v1'), 'v1');
const onTrial = taken(installed(good, 'v2'), 'v2');

describe('versions', () => {
  it('shows a new one, and lets the old one go once the new one has started well', () => {
    expect(onTrial).toMatchObject({ shown: 'v2', good: 'v1' });
    expect(superfluous(onTrial, ['v1', 'v2'])).toEqual([]);

    expect(superfluous(started(opened(onTrial), 'v2'), ['v1', 'v2'])).toEqual(['v1']);
  });

  it('goes back to the one that was good when a new one never starts, and does not try it again', () => {
    const back = opened(opened(opened(onTrial)));

    expect(opened(opened(onTrial)).shown).toBe('v2');
    expect(back).toMatchObject({ shown: 'v1', broken: ['v2'] });
    expect(taken(back, 'v2').shown).toBe('v1');
    expect(taken(back, 'v3').shown).toBe('v3');
  });

  it('keeps trying where there is nothing to go back to', () => {
    const first = taken(NO_VERSIONS, 'v1');
    expect(opened(opened(opened(opened(first)))).shown).toBe('v1');
  });

  it('does not send away what waits to be taken', () => {
    expect(superfluous(installed(good, 'v2'), ['v0', 'v1', 'v2'])).toEqual(['v0']);
  });

  it('does not take the word of a page of another version', () => {
    expect(started(onTrial, 'v1').good).toBe('v1');
  });
});
