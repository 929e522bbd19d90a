import { describe, expect, it } from 'vitest';
import { whyNot } from './why-not.ts';

describe('why-not', () => {
  it('names what would give the right, and a token only where one does', () => {
    const from = (kind: 'github' | 'api' | 'folder', state: 'live' | 'past' = 'live') =>
      whyNot({ state, source: { kind, address: 'here', isLocal: kind !== 'github' } });

    expect(from('github')).toMatchObject({ how: expect.stringContaining('A token'), token: true });
    expect(from('api')).toMatchObject({ how: expect.stringContaining('it holds a key'), token: false });
    expect(from('folder')).toMatchObject({ how: expect.stringContaining('a copy'), token: false });
    expect(from('github', 'past')).toMatchObject({ how: expect.stringContaining('go back to now'), token: false });
  });
});
