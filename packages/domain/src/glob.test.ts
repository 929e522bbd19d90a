import { describe, expect, it } from 'vitest';
import { globMatches, holdsAll } from './glob.ts';

describe('a glob', () => {
  it.each([
    ['*', ''],
    ['*', 'anything'],
    ['build1', 'BUILD1'],
    ['build*', 'build1'],
    ['*1', 'build1'],
    ['b*l*1', 'build1'],
    ['a*b*a', 'a b a'],
    ['**', 'x'],
  ])('%s matches %j', (glob, text) => {
    expect(globMatches(glob, text)).toBe(true);
  });

  it.each([
    ['', 'x'],
    ['build', 'build1'],
    ['build*', 'my build'],
    ['ab*ba', 'aba'],
    ['a*c*b', 'a b'],
    ['b.ild1', 'build1'],
  ])('%s does not match %j', (glob, text) => {
    expect(globMatches(glob, text)).toBe(false);
  });

  it('takes no longer for a text that nearly fits over and over', () => {
    expect(globMatches(`${'*a'.repeat(90)}*b`, 'a'.repeat(100_000))).toBe(false);
  });
});

describe('words', () => {
  it('are all in a text, or not', () => {
    expect(holdsAll('Disk FULL on /var', 'full disk')).toBe(true);
    expect(holdsAll('Disk full', 'disk empty')).toBe(false);
    expect(holdsAll('anything', ' ')).toBe(true);
  });
});
