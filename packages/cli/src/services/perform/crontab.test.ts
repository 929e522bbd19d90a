import { describe, expect, it } from 'vitest';
import { blockIn, withBlock } from './crontab.ts';

const THEIRS = '# mine\n\n5 4 * * * backup "100\\%"\n';

describe('the block in a crontab', () => {
  it('is put behind what is there, found again, replaced in its place, and taken out without a trace', () => {
    const one = withBlock(THEIRS, 'a', ['* * * * * one']);
    const two = withBlock(one, 'b', ['* * * * * two']);
    const changed = withBlock(two, 'a', ['*/5 * * * * one']);

    expect(one.startsWith(THEIRS)).toBe(true);
    expect(blockIn(two, 'a')).toEqual(['* * * * * one']);
    expect(blockIn(changed, 'a')).toEqual(['*/5 * * * * one']);
    expect(changed.indexOf('*/5')).toBeLessThan(changed.indexOf('two'));
    expect(withBlock(withBlock(changed, 'a', null), 'b', null)).toBe(THEIRS);
  });

  it('is the whole crontab of somebody who has none, and leaves none', () => {
    const only = withBlock('', 'a', ['x']);

    expect(blockIn(only, 'a')).toEqual(['x']);
    expect(withBlock(only, 'a', null)).toBe('');
  });

  it('is that of its agent, and not of one whose name begins alike', () => {
    const crontab = withBlock('', 'build10', ['x']);

    expect(blockIn(crontab, 'build1')).toBeNull();
    expect(withBlock(crontab, 'build1', null)).toBe(crontab);
  });

  it('counts as none where its end is gone', () => {
    const torn = withBlock('', 'a', ['x']).split('\n').slice(0, 2).join('\n');

    expect(blockIn(torn, 'a')).toBeNull();
  });
});
