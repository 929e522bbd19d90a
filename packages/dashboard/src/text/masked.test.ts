import { describe, expect, it } from 'vitest';
import { masked } from './masked.ts';

const TOKEN = `ghp_${'a1B2c3D4e5'.repeat(4)}`;

describe('masked', () => {
  it('hides what looks like a secret, and says what it was', () => {
    expect(masked(`The password: hunter2Hunter! works, and ${TOKEN} too`)).toEqual({
      text: 'The password: •••••••• works, and •••••••• too',
      hidden: ['a password', 'a token of GitHub'],
    });
  });

  it('hides once what two rules see', () => {
    const { text, hidden } = masked(`token=${TOKEN}`);

    expect(text).toBe('token=••••••••');
    expect(hidden).toHaveLength(2);
  });

  it('leaves ids, digests and talk of passwords alone', () => {
    const text = 'Job 01kara01qdm5v3jx8z9c2b4n6e, sha256 9f3c2a7be1d04586. Set the password in $PASSWORD.';

    expect(masked(text)).toEqual({ text, hidden: [] });
  });
});
