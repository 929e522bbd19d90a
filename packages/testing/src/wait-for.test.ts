import { describe, expect, it } from 'vitest';

import { waitFor } from './wait-for.ts';

describe('wait-for', () => {
  it('resolves with the first answer that says something', async () => {
    const answers = [undefined, false, 'here'] as const;
    let looks = 0;

    const answer = await waitFor(() => answers[looks++], { what: 'it is here' });

    expect([answer, looks]).toEqual(['here', 3]);
  });

  it('takes a fact that throws for one that is not yet true', async () => {
    let looks = 0;
    const fact = async () => {
      looks += 1;
      if (looks < 3) throw new Error('not yet');
      return looks;
    };

    expect(await waitFor(fact, { what: 'it works' })).toBe(3);
  });

  it('says what never became true, and why the last look failed', async () => {
    const fact = () => {
      throw new Error('connection refused');
    };

    await expect(waitFor(fact, { what: 'the server answers', timeoutMs: 40 })).rejects.toThrow(
      'within 40 ms it never became true that the server answers; the last look failed: connection refused',
    );
  });
});
