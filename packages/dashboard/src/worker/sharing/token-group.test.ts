import { describe, expect, it } from 'vitest';
import { groupOf } from './token-group.ts';

describe('token-group', () => {
  it('is one for all without a token, and another for each token and yard, which it does not tell', async () => {
    const token = 'github_pat_secret';
    const groups = await Promise.all([
      groupOf(null, 'a'),
      groupOf(token, 'a'),
      groupOf(`${token}2`, 'a'),
      groupOf(token, 'b'),
    ]);

    expect(new Set(groups).size).toBe(4);
    expect(await groupOf(null, 'b')).toBe(groups[0]);
    expect(await groupOf(token, 'a')).toBe(groups[1]);
    expect(groups.join()).not.toContain('secret');
  });
});
